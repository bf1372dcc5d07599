package dev.squall.runner.search;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Where a capacity search goes next, from the trials so far. */
final class Course {
  private static final double WIDENING = 2;

  /**
   * An answer of which only the side is known lies so much of the precision below what is not met.
   */
  private static final double CLOSED = 0.8;

  /** A gap so many times the precision wide is narrowed by longer trials. */
  private static final double WIDE = 4;

  /** The estimated limit's standard error that is good enough, as a part of the precision. */
  private static final double GOOD = 1.0 / 6;

  /**
   * The next trial.
   *
   * @param confirms whether it is the longer run
   */
  record Next(double level, boolean confirms) {}

  private final CapacityGoal goal;
  private final Trials trials;

  Course(CapacityGoal goal, Trials trials) {
    this.goal = goal;
    this.trials = trials;
  }

  /** The next trial, empty when no level is left that could be met. */
  Optional<Next> next() {
    Optional<Knee> knee = trials.knee().filter(this::usable);
    return knee.isPresent() ? byKnee(knee.get()) : byBracket();
  }

  private static Optional<Next> next(double level, boolean confirms) {
    return Optional.of(new Next(level, confirms));
  }

  /** Whether the limit is known at all, and not below what was shown to be met. */
  boolean usable(Knee knee) {
    return wellKnown(knee)
        || (knee.error() <= goal.precision() && trials.met().orElse(0) < knee.level());
  }

  boolean wellKnown(Knee knee) {
    return knee.error() <= goal.precision() * GOOD;
  }

  /** Whether the search has come near the limit. */
  boolean isNear() {
    double refused = trials.refused().orElse(Double.POSITIVE_INFINITY);
    return refused <= trials.met().orElse(0) * (1 + WIDE * goal.precision())
        || trials.knee().filter(this::usable).isPresent();
  }

  /** Whether a level cannot be told from the limit at the precision asked for. */
  boolean near(Knee knee, double level) {
    return Math.abs(level / knee.level() - 1) <= goal.precision() / 2;
  }

  /** The limit is roughly known: measure right there until it is well known, then confirm. */
  private Optional<Next> byKnee(Knee knee) {
    double missed = trials.missed().orElse(Double.POSITIVE_INFINITY);
    boolean enough = trials.seconds() >= goal.effort().total() / 2;
    if (wellKnown(knee) || enough) {
      double level = goal.level(answer(knee, missed));
      boolean bounded =
          trials.refusedAbove(level).orElse(Double.POSITIVE_INFINITY) * (1 - goal.precision())
              <= level;
      if (level < missed && (bounded || enough)) {
        return next(level, true);
      }
      if (level >= missed) {
        return Optional.empty();
      }
    }
    return knee.level() < missed
        ? next(goal.level(leastMeasured(knee.level())), false)
        : next(goal.level(answer(knee, missed)), true);
  }

  /** The limit, or the precision below or above it: a line needs more than one level. */
  private double leastMeasured(double limit) {
    double apart = goal.precision();
    return DoubleStream.of(limit, limit * (1 - apart), limit * (1 + apart))
        .boxed()
        .min(Comparator.comparingDouble(level -> trials.secondsAbout(level, level * apart / 3)))
        .orElseThrow();
  }

  /**
   * The level to confirm: above the limit less the precision, but for its error; far enough below
   * the limit to be shown in time; and below what is not met.
   */
  double answer(Knee knee, double missed) {
    double precision = goal.precision();
    double below = Math.clamp(0.9 * precision - 2.3 * knee.error(), 0.4 * precision, precision);
    double shown = knee.shownIn(goal.effort().confirmMost(), Capacity.CONFIRM_CONFIDENCE);
    double lower = missed * (1 - precision / 4);
    return Math.min(lower, Math.min(shown, knee.level() * (1 - below)));
  }

  /** Too little is known of the limit but on which side of it the trials were. */
  private Optional<Next> byBracket() {
    OptionalDouble met = trials.met();
    OptionalDouble refused = trials.refused();
    if (met.isEmpty()) {
      double lower = goal.level(backedOff(refused.orElseThrow()));
      return lower < refused.getAsDouble() ? next(lower, trials.refuted() > 0) : Optional.empty();
    }
    double below = met.getAsDouble();
    if (refused.isEmpty()) {
      double higher = goal.level(below * WIDENING);
      return next(higher, higher <= below);
    }
    double above = refused.getAsDouble();
    double middle = goal.level((below + above) / 2);
    boolean closed = above <= below * (1 + goal.precision() / 2);
    double missed = trials.missed().orElse(Double.POSITIVE_INFINITY);
    if (closed && above < missed && trials.seconds() < goal.effort().total() / 2) {
      // Too near to say is no upper bound: the limit may as well lie higher.
      return next(
          goal.level(Math.min((above + missed) / 2, above * (1 + goal.precision()))), false);
    }
    if (middle <= below) {
      return next(below, true);
    }
    return closed
        ? next(goal.level(Math.min(below, above * (1 - CLOSED * goal.precision()))), true)
        : next(middle, false);
  }

  /**
   * Below a level that is not met, with nothing met below: half, or after a refuted answer less.
   */
  private double backedOff(double refused) {
    double lower =
        trials.refuted() == 0
            ? refused / WIDENING
            : refused * Math.max(0.5, 1 - goal.precision() * Math.scalb(0.5, trials.refuted() - 1));
    return goal.whole() ? Math.min(lower, refused - 1) : lower;
  }
}
