package dev.squall.runner.search;

import java.util.List;

/**
 * What was measured at one level of load after it had settled.
 *
 * @param slices in order of time; not copied, so that a trial that goes on may hand in its own list
 *     again and again
 * @param responseTimes of all slices together
 * @param generatorFault why the load generator, not the target, spoiled the measurement (lateness,
 *     CPU throttling), empty when it did not
 */
public record TrialResult(List<Slice> slices, ResponseTimes responseTimes, String generatorFault) {

  /** Length in seconds. */
  public double seconds() {
    return slices.stream().mapToDouble(Slice::seconds).sum();
  }

  /** Requests that were answered, failed or timed out. */
  public long completed() {
    return slices.stream().mapToLong(Slice::completed).sum();
  }

  /** Those of them that failed. */
  public long failed() {
    return slices.stream().mapToLong(Slice::failed).sum();
  }

  /** Batches of records in those that did not fail. */
  public long batches() {
    return slices.stream().mapToLong(Slice::batches).sum();
  }

  /** Completed requests per second; 0 for nothing measured. */
  public double throughput() {
    double seconds = seconds();
    return seconds > 0 ? completed() / seconds : 0;
  }

  /** Failed ones among the completed; 0 when nothing completed. */
  public double failureRatio() {
    long completed = completed();
    return completed > 0 ? (double) failed() / completed : 0;
  }

  /** Requests due and not completed, on average over the slices. */
  public double meanInFlight() {
    return slices.stream().mapToDouble(Slice::inFlight).average().orElse(0);
  }
}
