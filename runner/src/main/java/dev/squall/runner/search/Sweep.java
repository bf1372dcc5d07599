package dev.squall.runner.search;

import java.util.ArrayList;
import java.util.List;

/**
 * A sweep: the same test at given levels (users, rate or batch size), each held until it is steady
 * or given up, one row a level. Give it the windows of the level it asks for, until it is done. One
 * thread only.
 */
public final class Sweep implements Search<List<Sweep.Row>> {
  /**
   * One level's result.
   *
   * @param windows the ones that agree, or the last ones when none did
   * @param steady whether they agree
   * @param reason why not; empty when they do
   * @param measured how many windows it took
   */
  public record Row(
      double level, List<TrialResult> windows, boolean steady, String reason, int measured) {

    /** Completed requests per second. */
    public double throughput() {
      return seconds() > 0 ? completed() / seconds() : 0;
    }

    /** Where the level is a batch size: records in requests that did not fail, per second. */
    public double recordsPerSecond() {
      long batches = windows.stream().mapToLong(TrialResult::batches).sum();
      return seconds() > 0 ? level * batches / seconds() : 0;
    }

    /** How long the windows lasted together. */
    public double seconds() {
      return windows.stream().mapToDouble(TrialResult::seconds).sum();
    }

    /** A percentile of the response time in µs: the middle one of the windows'. */
    public long percentile(double percentile) {
      long[] sorted =
          windows.stream()
              .mapToLong(window -> window.responseTimes().percentile(percentile))
              .sorted()
              .toArray();
      return sorted[sorted.length / 2];
    }

    /** Requests due and not completed, on average over the windows. */
    public double meanInFlight() {
      return windows.stream().mapToDouble(TrialResult::meanInFlight).average().orElse(0);
    }

    /** Requests that were answered, failed or timed out. */
    public long completed() {
      return windows.stream().mapToLong(TrialResult::completed).sum();
    }

    /** Failed ones among the completed; 0 when nothing completed. */
    public double failureRatio() {
      long failed = windows.stream().mapToLong(TrialResult::failed).sum();
      return completed() > 0 ? (double) failed / completed() : 0;
    }
  }

  private final List<Double> levels;
  private final double settleSeconds;
  private final double windowSeconds;
  private final SteadyState.Criteria criteria;
  private final List<Row> rows = new ArrayList<>();
  private SteadyState steady;

  /**
   * A sweep.
   *
   * @throws IllegalArgumentException when there are no levels, or one is not above 0
   */
  public Sweep(
      List<Double> levels,
      double settleSeconds,
      double windowSeconds,
      SteadyState.Criteria criteria) {
    if (levels.isEmpty() || levels.stream().anyMatch(level -> !(level > 0))) {
      throw new IllegalArgumentException("sweep.levels: give one or more levels above 0");
    }
    this.levels = List.copyOf(levels);
    this.settleSeconds = settleSeconds;
    this.windowSeconds = windowSeconds;
    this.criteria = criteria;
    this.steady = new SteadyState(criteria);
  }

  @Override
  public Decision<List<Row>> first() {
    return begin();
  }

  @Override
  public Decision<List<Row>> next(TrialResult window) {
    if (rows.size() == levels.size()) {
      throw new IllegalStateException("the sweep is done");
    }
    return switch (steady.add(window)) {
      case SteadyState.Verdict.NotYet notYet -> new Decision.GoOn<>();
      case SteadyState.Verdict.Steady(List<TrialResult> windows) -> finish(windows, true, "");
      case SteadyState.Verdict.GivenUp(List<TrialResult> windows, String reason) ->
          finish(windows, false, reason);
    };
  }

  @Override
  public List<Row> soFar() {
    return List.copyOf(rows);
  }

  private Decision<List<Row>> finish(List<TrialResult> windows, boolean isSteady, String reason) {
    rows.add(new Row(levels.get(rows.size()), windows, isSteady, reason, steady.measured()));
    steady = new SteadyState(criteria);
    return rows.size() == levels.size() ? new Decision.Done<>(List.copyOf(rows)) : begin();
  }

  private Decision<List<Row>> begin() {
    return new Decision.RunTrial<>(
        rows.size() + 1,
        levels.get(rows.size()),
        settleSeconds,
        windowSeconds * criteria.windows(),
        windowSeconds * criteria.mostWindows(),
        windowSeconds,
        false,
        false);
  }
}
