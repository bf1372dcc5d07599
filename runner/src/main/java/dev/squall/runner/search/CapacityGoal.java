package dev.squall.runner.search;

import java.util.List;

/**
 * What a capacity search is to find: the highest level that meets all objectives, and how finely.
 *
 * @param whole whether levels are whole numbers (users) instead of any (a rate)
 * @param start the level that is measured first; none below it is tried unless it is not met
 * @param least the level below which nothing is tried, above 0
 * @param most the level above which nothing is tried
 * @param precision how far the answer may be below the true capacity, as a fraction of it: 0.05 is
 *     5 %. With whole levels never finer than 1
 * @param objectives one or more
 * @param effort how long is measured
 */
public record CapacityGoal(
    boolean whole,
    double start,
    double least,
    double most,
    double precision,
    List<Objective> objectives,
    Effort effort) {

  /**
   * How long is measured, in seconds.
   *
   * @param settle how long a new level is left to settle before it is measured
   * @param least how long a trial is measured at least
   * @param most how long a trial is measured at most: what is then undecided counts as not met
   * @param confirm how long the run that confirms the answer is measured at least; it is longer by
   *     itself where the answers' scatter asks for it
   * @param confirmMost and at most
   * @param total after how long in all no trial is begun any more
   */
  public record Effort(
      double settle, double least, double most, double confirm, double confirmMost, double total) {
    public Effort {
      if (!(settle >= 0
          && least > 0
          && most >= least
          && confirm >= least
          && confirmMost >= confirm
          && total > 0)) {
        throw new IllegalArgumentException(
            "capacity.effort: give a trial above 0 s, and no maximum below its minimum");
      }
    }

    /** Trials of 10 s to 4 min after 5 s to settle, 2 to 20 min to confirm, 1 h in all. */
    public static Effort standard() {
      return new Effort(5, 10, 240, 120, 1200, 3600);
    }
  }

  public CapacityGoal {
    objectives = List.copyOf(objectives);
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException("capacity.objectives: give at least one");
    }
    if (!(least > 0 && least <= start && start <= most && most < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "capacity: give levels with 0 < least <= start <= most; they are "
              + least
              + ", "
              + start
              + ", "
              + most);
    }
    if (!(precision >= 0.001 && precision <= 0.5)) {
      throw new IllegalArgumentException(
          "capacity.precision: is " + precision + "; give a fraction from 0.001 to 0.5");
    }
  }

  /** The nearest level at or below one that can be measured. */
  double level(double wanted) {
    double within = Math.max(least, Math.min(most, wanted));
    return whole ? Math.max(1, Math.floor(within + 1e-9)) : within;
  }
}
