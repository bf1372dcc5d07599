package dev.squall.runner.search;

import dev.squall.runner.search.CapacityResult.Limit;
import dev.squall.runner.search.CapacityResult.Outcome;
import dev.squall.runner.search.CapacityResult.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The trials of a capacity search that have ended, and what they say together. */
final class Trials {
  /** As often as this the generator fails at a level before that is believed to be its limit. */
  private static final int MOST_SPOILED = 2;

  private final List<Knee.Measured> measured = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();
  private Limit limit = Limit.MOST;
  private String text = "the highest level allowed is met";
  private double seconds;

  /** Adds a trial that ended. */
  void add(Point point, TrialLook look, double settleSeconds) {
    seconds += settleSeconds + point.seconds();
    points.add(point);
    if (refuses(point)
        && points.stream()
            .filter(this::refuses)
            .allMatch(other -> point.level() <= other.level())) {
      limit = look.limit();
      text = look.text();
    }
    // Without a steady state, or without the load asked for, a share means nothing.
    if (look.limit() != Limit.OVER_SATURATION && look.limit() != Limit.GENERATOR) {
      measured.add(new Knee.Measured(point.level(), look.shares()));
    }
  }

  /**
   * Whether a trial says that its level is not met. One that the generator spoiled says nothing.
   */
  private boolean refuses(Point point) {
    return switch (point.outcome()) {
      case MEETS -> false;
      case GENERATOR_FAULT -> spoiled(point.level()) >= MOST_SPOILED;
      case MISSES, NEAR, OVER_SATURATED -> true;
    };
  }

  private long spoiled(double level) {
    return points.stream()
        .filter(p -> p.level() == level && p.outcome() == Outcome.GENERATOR_FAULT)
        .count();
  }

  /** Whether the last trial was spoiled by what may pass, so that it is to be repeated. */
  boolean repeat() {
    Point last = points.getLast();
    return last.outcome() == Outcome.GENERATOR_FAULT && spoiled(last.level()) < MOST_SPOILED;
  }

  /** The lowest level that is not met. */
  OptionalDouble refused() {
    return points.stream().filter(this::refuses).mapToDouble(Point::level).min();
  }

  /** The lowest that is clearly not met: what was only too near to say is left out. */
  OptionalDouble missed() {
    return points.stream()
        .filter(this::refuses)
        .filter(point -> point.outcome() != Outcome.NEAR || point.confirms())
        .mapToDouble(Point::level)
        .min();
  }

  /** The lowest level that is not met above another. */
  OptionalDouble refusedAbove(double level) {
    return points.stream()
        .filter(point -> refuses(point) && point.level() > level)
        .mapToDouble(Point::level)
        .min();
  }

  /** Whether the target may still have work left from the last trial. */
  boolean lastWasOverSaturated() {
    return points.getLast().outcome() == Outcome.OVER_SATURATED;
  }

  /** The highest level that is met, and below all that are not. */
  OptionalDouble met() {
    double below = refused().orElse(Double.POSITIVE_INFINITY);
    return points.stream()
        .filter(point -> point.outcome() == Outcome.MEETS && point.level() < below)
        .mapToDouble(Point::level)
        .max();
  }

  /** How many longer runs did not confirm their level. */
  int refuted() {
    return (int) points.stream().filter(p -> p.confirms() && refuses(p)).count();
  }

  /** Where the limit is, as far as is known. */
  Optional<Knee> knee() {
    return Knee.of(measured);
  }

  /** The same with a trial that has not ended. */
  Optional<Knee> kneeWith(double level, List<Share> shares) {
    List<Knee.Measured> all = new ArrayList<>(measured);
    all.add(new Knee.Measured(level, shares));
    return Knee.of(all);
  }

  /** Measured at levels around one. */
  double secondsAbout(double level, double within) {
    return points.stream()
        .filter(point -> Math.abs(point.level() - level) <= within)
        .mapToDouble(Point::seconds)
        .sum();
  }

  /** Measured and settled, in all. */
  double seconds() {
    return seconds;
  }

  CapacityResult result(OptionalDouble level) {
    return new CapacityResult(
        level,
        level.isPresent() ? refusedAbove(level.getAsDouble()) : refused(),
        limit,
        text,
        seconds,
        curve());
  }

  /** The end for want of time. */
  CapacityResult outOfTime() {
    String best =
        met().isPresent() ? "; the highest level met so far is " + met().getAsDouble() : "";
    return new CapacityResult(
        OptionalDouble.empty(),
        refused(),
        Limit.TIME,
        "no answer is confirmed after " + Math.round(seconds) + " s" + best,
        seconds,
        curve());
  }

  private List<Point> curve() {
    return points.stream().sorted(Comparator.comparingDouble(Point::level)).toList();
  }
}
