package dev.squall.runner.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Waits for a level's steady state: so many windows in a row agree in throughput and in a
 * percentile of the response time. Windows that are too small to have that percentile agree with
 * nothing. One thread only.
 */
public final class SteadyState {

  /**
   * When windows agree.
   *
   * @param percentile of the response time, above 0 and below 100
   * @param tolerance 0.10 says that the largest is at most 10 % above the smallest
   * @param windows how many in a row must agree
   * @param mostWindows how many are measured before the level is given up
   */
  public record Criteria(double percentile, double tolerance, int windows, int mostWindows) {
    public Criteria {
      if (!(percentile > 0 && percentile < 100)) {
        throw new IllegalArgumentException(
            "percentile: is " + percentile + "; give a number above 0 and below 100");
      }
      if (!(tolerance > 0) || windows < 2 || mostWindows < windows) {
        throw new IllegalArgumentException(
            "steady state: give a tolerance above 0, at least 2 windows, and no fewer trials");
      }
    }

    /** Three windows within 10 % at the 95th percentile, ten at most. */
    public static Criteria standard() {
      return new Criteria(95, 0.10, 3, 10);
    }
  }

  /** What the windows so far say. */
  public sealed interface Verdict {
    /** These windows agree. */
    record Steady(List<TrialResult> windows) implements Verdict {}

    /** Measure another window; why the ones so far do not agree. */
    record NotYet(String reason) implements Verdict {}

    /** As many windows as allowed were measured, and the last ones do not agree. */
    record GivenUp(List<TrialResult> windows, String reason) implements Verdict {}
  }

  private final Criteria criteria;
  private final List<TrialResult> latest = new ArrayList<>();
  private int measured;

  public SteadyState(Criteria criteria) {
    this.criteria = criteria;
  }

  /** How many windows were added. */
  public int measured() {
    return measured;
  }

  /** Adds the next window of the level. */
  public Verdict add(TrialResult window) {
    measured++;
    latest.add(window);
    if (latest.size() > criteria.windows()) {
      latest.remove(0);
    }
    String reason = disagreement();
    if (reason.isEmpty()) {
      return new Verdict.Steady(List.copyOf(latest));
    }
    return measured >= criteria.mostWindows()
        ? new Verdict.GivenUp(List.copyOf(latest), reason)
        : new Verdict.NotYet(reason);
  }

  private String disagreement() {
    for (TrialResult window : latest) {
      if (!window.generatorFault().isEmpty()) {
        return "the load generator spoiled a window: " + window.generatorFault();
      }
      if (!window.responseTimes().suffice(criteria.percentile())) {
        return "a window has "
            + window.responseTimes().count()
            + " samples, too few for the percentile "
            + criteria.percentile()
            + ": make windows longer";
      }
    }
    if (latest.size() < criteria.windows()) {
      return latest.size() + " of " + criteria.windows() + " windows measured";
    }
    if (!agree(latest.stream().mapToDouble(TrialResult::throughput).toArray())) {
      return "throughput differs by more than the tolerance";
    }
    double[] times =
        latest.stream()
            .mapToDouble(window -> window.responseTimes().percentile(criteria.percentile()))
            .toArray();
    return agree(times) ? "" : "response time differs by more than the tolerance";
  }

  private boolean agree(double[] values) {
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    return high <= low * (1 + criteria.tolerance());
  }
}
