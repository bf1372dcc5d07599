package dev.squall.runner.coordinator;

import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Times;
import dev.squall.runner.vitals.Machine;
import dev.squall.runner.vitals.Vital;
import dev.squall.runner.vitals.Vitals;

/**
 * What kept a runner from sending what was due when it was due, with the cure; pure. Whether it
 * matters: {@link RunnerLimits}.
 *
 * @param name name of the runner
 * @param vitals what it measured of itself over its load
 * @param lateness how late it sent its requests
 * @param machine what it runs on
 */
record RunnerCause(String name, Vitals vitals, Times lateness, Machine machine) {
  /** Share of time from which something is named as the cause of a lag. */
  private static final double NOTICEABLE = 0.01;

  private static final double MILLI = 1000;

  /** The most likely one. */
  Judgement judgement() {
    if (vitals.share(Vital.THROTTLED, Vital.ELAPSED) > NOTICEABLE) {
      return throttled();
    }
    return vitals.share(Vital.COLLECTING, Vital.ELAPSED) > NOTICEABLE ? paused() : late();
  }

  /** Its CPU limit stopped it. */
  Judgement throttled() {
    double share = vitals.share(Vital.THROTTLED, Vital.ELAPSED);
    return Judgement.inconclusive(
        "RunnerThrottled",
        "%s was stopped by its CPU limit of %s CPUs for %s of the load's time (%d of %d periods), so its times are not the target's; %s or raise runners.count"
            .formatted(
                name,
                machine.limitMilliCpus() == null
                    ? "unknown"
                    : ThresholdWords.number(machine.limitMilliCpus() / MILLI),
                RunnerLimits.percent(share),
                get(Vital.THROTTLED_PERIODS),
                get(Vital.LIMIT_PERIODS),
                moreCpus()));
  }

  /** Its garbage collector did. */
  Judgement paused() {
    double share = vitals.share(Vital.COLLECTING, Vital.ELAPSED);
    return Judgement.inconclusive(
        "RunnerPaused",
        "%s was paused by its garbage collector for %s of the load's time (%d pauses, the longest %d ms), so its times are not the target's; give runners more memory: runners.resources limits.memory, or raise runners.count"
            .formatted(
                name,
                RunnerLimits.percent(share),
                get(Vital.COLLECTIONS),
                get(Vital.LONGEST_COLLECTION) / 1_000_000));
  }

  private Judgement late() {
    Lag lag = vitals.lag();
    return Judgement.inconclusive(
        "RunnerLate",
        "%s came late to what was due: its event loops' lag has a p99 of %d ms and a worst of %d ms, its requests' lateness of %d and %d ms; %s"
            .formatted(
                name,
                lag.percentileMicros(RunnerLimits.LAG_PERCENTILE) / 1000,
                lag.maxNanos() / 1_000_000,
                lateness.percentileMicros(RunnerLimits.LAG_PERCENTILE) / 1000,
                lateness.maxNanos() / 1_000_000,
                why()));
  }

  /** The most likely cause, and the cure. */
  private String why() {
    double stolen = vitals.share(Vital.STOLEN, Vital.MACHINE);
    double waited = vitals.share(Vital.LOOPS_WAITED, Vital.ELAPSED);
    double ran = vitals.share(Vital.LOOPS_RAN, Vital.ELAPSED);
    if (stolen > NOTICEABLE && stolen > waited) {
      return "the hypervisor gave %s of its machine's CPU time to others; place runners on other nodes: runners.template"
          .formatted(RunnerLimits.percent(stolen));
    }
    if (waited > NOTICEABLE && waited > ran / 2) {
      return "other work on its node kept them from a CPU for %s of the time; %s, or place runners on quieter nodes"
          .formatted(RunnerLimits.percent(waited), moreCpus());
    }
    return "they were busy for %s of the time, so more was asked than it can send; raise runners.count, or %s"
        .formatted(RunnerLimits.percent(ran), moreCpus());
  }

  /** The cure of too little CPU. */
  private String moreCpus() {
    Long limit = machine.limitMilliCpus();
    long next = limit == null ? machine.eventLoops() : limit / (long) MILLI + 1;
    return "give runners %d CPU%s: requests and limits of cpu in runners.resources"
        .formatted(next, next == 1 ? "" : "s");
  }

  private long get(Vital vital) {
    return vitals.get(vital).orElse(0);
  }
}
