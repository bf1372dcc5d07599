package dev.squall.runner.simulated;

import dev.squall.runner.recording.Times;
import dev.squall.runner.simulated.SimulatedSecond.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The truth about simulated runners: one recorder that is fed every sample of all of them. */
public final class SingleRecorder {
  private final int runners;
  private final Map<Integer, List<Sample>> samples = new HashMap<>();
  private final Times responseTime = new Times();
  private final Times serviceTime = new Times();
  private final Times queueing = new Times();
  private final Times lateness = new Times();

  /** Of so many runners. */
  public SingleRecorder(int runners) {
    this.runners = runners;
  }

  /**
   * Feeds it the next second, k of the load.
   *
   * @return what this second alone holds: each series' response and service times, by {@code
   *     response/<method>/<series>} and {@code service/<method>/<series>}
   */
  public Map<String, Times> second(int k) {
    Map<String, Times> second = new HashMap<>();
    for (int runner = 0; runner < runners; runner++) {
      int number = SimulatedSecond.number(runner, k, SimulatedRunners.distinct(runners));
      for (Sample sample : samples.computeIfAbsent(number, SimulatedSecond::samples)) {
        String series = "/" + SimulatedSecond.METHOD + "/" + SimulatedSecond.name(sample.series());
        times(second, "response" + series).record(sample.responseNanos());
        times(second, "service" + series).record(sample.serviceNanos());
        responseTime.record(sample.responseNanos());
        serviceTime.record(sample.serviceNanos());
        queueing.recordDelay(sample.queueingNanos());
        lateness.recordDelay(sample.latenessNanos());
      }
    }
    return second;
  }

  private static Times times(Map<String, Times> second, String tag) {
    return second.computeIfAbsent(tag, t -> new Times());
  }

  /** Response times of the whole, as far as it was fed. */
  public Times responseTime() {
    return responseTime;
  }

  /** Service times of the whole. */
  public Times serviceTime() {
    return serviceTime;
  }

  /** Queueing of the whole. */
  public Times queueing() {
    return queueing;
  }

  /** Lateness of the whole. */
  public Times lateness() {
    return lateness;
  }
}
