package dev.squall.runner.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An estimate, from all trials near it, of the level at which an objective is just met.
 *
 * <p>The logarithm of the bad share is taken as a straight line over the logarithm of the level
 * (weighted least squares; for the tail of a queue's response time that is nearly so), and the
 * level at which it crosses what is allowed is the estimate. It only proposes levels: that one is
 * met is always shown by a trial of its own, without any such assumption.
 *
 * @param level the estimate
 * @param error its standard error, as a fraction of it
 * @param slope by how many e-foldings the bad share grows for one of the level
 * @param burstiness of the bad requests, see {@link Share#burstiness}
 */
record Knee(double level, double error, double slope, double burstiness) {
  /** Shares further from the limit than this, in e-foldings, say little about it. */
  private static final double NEAR = 2;

  /** How far from the trial that came nearest others are used, in e-foldings of the level. */
  private static final double NARROWEST = 0.08;

  private static final double WIDEST = 0.7;

  /** The error of taking a curve as straight over a width, for the square of that width. */
  private static final double CURVED = 0.5;

  /** So are those known worse than to half of themselves. */
  private static final double MOST_VARIANCE = 0.25;

  /** How far outside of the trials the estimate may lie, in e-foldings of the level. */
  private static final double BEYOND = 0.1;

  /** What a trial measured of each objective. */
  record Measured(double level, List<Share> shares) {}

  private record Point(double x, double y, double weight, double burstiness) {}

  /** The lowest estimate over the objectives; empty when too little is known yet. */
  static Optional<Knee> of(List<Measured> trials) {
    Optional<Knee> lowest = Optional.empty();
    int objectives = trials.isEmpty() ? 0 : trials.getFirst().shares().size();
    for (int place = 0; place < objectives; place++) {
      List<Point> points = new ArrayList<>();
      for (Measured trial : trials) {
        Share share = trial.shares().get(place);
        double variance = share.logVariance();
        if (variance <= MOST_VARIANCE && Math.abs(share.logExcess()) <= NEAR) {
          points.add(
              new Point(
                  Math.log(trial.level()), share.logExcess(), 1 / variance, share.burstiness()));
        }
      }
      Optional<Knee> knee = fit(points);
      if (knee.isPresent() && lowest.stream().allMatch(k -> k.level > knee.get().level)) {
        lowest = knee;
      }
    }
    return lowest;
  }

  /** From the trials nearest to the limit that suffice: over a short way a curve is straight. */
  private static Optional<Knee> fit(List<Point> points) {
    Optional<Point> nearest =
        points.stream().min(Comparator.comparingDouble(p -> p.y * p.y + 1 / p.weight));
    for (double width = NARROWEST; nearest.isPresent() && width < WIDEST; width *= 1.5) {
      double most = width;
      double middle = nearest.get().x;
      Optional<Knee> knee =
          line(points.stream().filter(p -> Math.abs(p.x - middle) <= most).toList());
      if (knee.isPresent()) {
        return Optional.of(knee.get().atLeast(CURVED * width * width));
      }
    }
    return Optional.empty();
  }

  private Knee atLeast(double least) {
    return new Knee(level, Math.max(error, least), slope, burstiness);
  }

  private static Optional<Knee> line(List<Point> points) {
    double weights = points.stream().mapToDouble(Point::weight).sum();
    double x = points.stream().mapToDouble(p -> p.weight * p.x).sum() / weights;
    double y = points.stream().mapToDouble(p -> p.weight * p.y).sum() / weights;
    double xx = points.stream().mapToDouble(p -> p.weight * (p.x - x) * (p.x - x)).sum();
    double xy = points.stream().mapToDouble(p -> p.weight * (p.x - x) * (p.y - y)).sum();
    double slope = xy / xx;
    // No two levels, or a slope that may as well be flat.
    if (!(slope * Math.sqrt(xx) > 3)) {
      return Optional.empty();
    }
    double at = x - y / slope;
    OptionalDouble low = points.stream().mapToDouble(Point::x).min();
    OptionalDouble high = points.stream().mapToDouble(Point::x).max();
    if (at < low.orElseThrow() - BEYOND || at > high.orElseThrow() + BEYOND) {
      return Optional.empty();
    }
    double error = Math.sqrt(1 / weights + (at - x) * (at - x) / xx) / slope;
    double bursts = points.stream().mapToDouble(p -> p.weight * p.burstiness).sum() / weights;
    return Optional.of(new Knee(Math.exp(at), error, slope, bursts));
  }

  /** How many slices at a level below would show it met, at a confidence, 19 times in 20. */
  double slicesToShow(double below, double confidence) {
    double gap = -Math.expm1(slope * Math.log(below / level));
    double errors = errors(confidence);
    return gap <= 0 ? Double.POSITIVE_INFINITY : burstiness * errors * errors / (gap * gap);
  }

  /** The highest level that so many slices would show met, at a confidence, 19 times in 20. */
  double shownIn(double slices, double confidence) {
    double gap = Math.sqrt(burstiness / slices) * errors(confidence);
    return gap >= 1 ? 0 : level * Math.exp(Math.log1p(-gap) / slope);
  }

  private static double errors(double confidence) {
    return Share.normalQuantile(confidence) + Share.normalQuantile(0.95);
  }
}
