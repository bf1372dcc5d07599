package dev.squall.runner.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A simulated target: c servers with exponential service times and one queue, first come first
 * served (M/M/c), under Poisson arrivals. Its response time's distribution is known in closed form,
 * and so is its capacity.
 */
final class QueueTarget {
  private final int servers;
  private final double serviceRate;
  private final List<Objective.ResponseTime> objectives;
  private final SplittableRandom random;

  private double rate;
  private double settleSeconds;
  private double arrival;
  private double[] freeAt = {};
  private List<Second> seconds = new ArrayList<>();
  private final List<Slice> slices = new ArrayList<>();
  private final BucketedTimes whole = new BucketedTimes();
  private long inFlight;

  QueueTarget(int servers, double serviceRate, List<Objective.ResponseTime> objectives, long seed) {
    this.servers = servers;
    this.serviceRate = serviceRate;
    this.objectives = objectives;
    this.random = new SplittableRandom(seed);
  }

  /** Empties the system and leaves a new rate to settle. */
  void begin(double newRate, double settle) {
    rate = newRate;
    settleSeconds = settle;
    arrival = exponential(rate);
    freeAt = new double[servers];
    seconds = new ArrayList<>();
    slices.clear();
    whole.clear();
    runUntil(settle);
    inFlight = second(0).offered - second(0).completed;
  }

  /** Goes on for another second, and gives all that was measured since the load settled. */
  TrialResult measureOneMore() {
    int index = slices.size() + 1;
    runUntil(settleSeconds + index);
    Second measured = second(index);
    inFlight += measured.offered - measured.completed;
    slices.add(measured.slice(inFlight));
    return new TrialResult(Collections.unmodifiableList(slices), whole, "");
  }

  private void runUntil(double end) {
    while (arrival < end) {
      int first = 0;
      for (int server = 1; server < servers; server++) {
        first = freeAt[server] < freeAt[first] ? server : first;
      }
      double done = Math.max(arrival, freeAt[first]) + exponential(serviceRate);
      freeAt[first] = done;
      second(index(arrival)).offered++;
      count(second(index(done)), (done - arrival) * 1e6);
      arrival += exponential(rate);
    }
  }

  private void count(Second when, double micros) {
    when.completed++;
    when.sumMicros += micros;
    for (int place = 0; place < when.slow.length; place++) {
      when.slow[place] += micros >= objectives.get(place).belowMicros() ? 1 : 0;
    }
    if (when != seconds.getFirst()) {
      whole.add(micros);
    }
  }

  private double exponential(double perSecond) {
    return -Math.log(1 - random.nextDouble()) / perSecond;
  }

  /** Second 0 is all of the settling time. */
  private int index(double instant) {
    return instant < settleSeconds ? 0 : 1 + (int) (instant - settleSeconds);
  }

  private Second second(int index) {
    while (seconds.size() <= index) {
      seconds.add(new Second(objectives.size()));
    }
    return seconds.get(index);
  }

  /** Share of response times above a limit at a rate (Erlang C), 1 from saturation on. */
  static double tail(int servers, double serviceRate, double rate, double seconds) {
    double load = rate / serviceRate;
    if (load >= servers) {
      return 1;
    }
    double term = 1;
    double sum = 1;
    for (int k = 1; k < servers; k++) {
      term *= load / k;
      sum += term;
    }
    double waiting = term * load / servers / (1 - load / servers);
    double erlangC = waiting / (sum + waiting);
    // The wait is exponential with this rate, given that there is one.
    double drain = servers * serviceRate - rate;
    double alone = Math.exp(-serviceRate * seconds);
    double queued =
        Math.abs(drain - serviceRate) < 1e-9 * serviceRate
            ? (1 + serviceRate * seconds) * alone
            : (drain * alone - serviceRate * Math.exp(-drain * seconds)) / (drain - serviceRate);
    return (1 - erlangC) * alone + erlangC * queued;
  }

  /** The highest rate at which all objectives are met. */
  static double capacity(int servers, double serviceRate, List<Objective.ResponseTime> objectives) {
    double low = 0;
    double high = servers * serviceRate;
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      boolean met =
          objectives.stream()
              .allMatch(
                  objective ->
                      tail(servers, serviceRate, middle, objective.belowMicros() / 1e6)
                          <= objective.allowed());
      low = met ? middle : low;
      high = met ? high : middle;
    }
    return low;
  }

  private static final class Second {
    private final long[] slow;
    private long offered;
    private long completed;
    private double sumMicros;

    Second(int objectives) {
      slow = new long[objectives];
    }

    Slice slice(long inFlight) {
      double mean = completed == 0 ? 0 : sumMicros / completed;
      List<Slice.Count> list = new ArrayList<>();
      for (long count : slow) {
        list.add(new Slice.Count(count, completed));
      }
      return new Slice(1, offered, completed, 0, inFlight, mean, list);
    }
  }
}
