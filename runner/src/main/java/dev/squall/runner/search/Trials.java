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
  private final List<Knee.Measured> measured = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();
  private Limit limit = Limit.MOST;
  private String text = "the highest level allowed is met";
  private double seconds;

  /** Adds a trial that ended. */
  void add(Point point, TrialLook look, double settleSeconds) {
    seconds += settleSeconds + point.seconds();
    if (point.outcome() != Outcome.MEETS
        && refused().stream().allMatch(level -> point.level() < level)) {
      limit = look.limit();
      text = look.text();
    }
    points.add(point);
    // Without a steady state, or without the load asked for, a share means nothing.
    if (look.limit() != Limit.OVER_SATURATION && look.limit() != Limit.GENERATOR) {
      measured.add(new Knee.Measured(point.level(), look.shares()));
    }
  }

  /** The lowest level that is not met. */
  OptionalDouble refused() {
    return points.stream()
        .filter(point -> point.outcome() != Outcome.MEETS)
        .mapToDouble(Point::level)
        .min();
  }

  /** The lowest that is clearly not met: what was only too near to say is left out. */
  OptionalDouble missed() {
    return points.stream()
        .filter(point -> point.outcome() != Outcome.MEETS)
        .filter(point -> point.outcome() != Outcome.NEAR || point.confirms())
        .mapToDouble(Point::level)
        .min();
  }

  /** The lowest level that is not met above another. */
  OptionalDouble refusedAbove(double level) {
    return points.stream()
        .filter(point -> point.outcome() != Outcome.MEETS && point.level() > level)
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
    return (int) points.stream().filter(p -> p.confirms() && p.outcome() != Outcome.MEETS).count();
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
