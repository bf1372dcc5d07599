package dev.squall.runner.coordinator;

import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.PercentileInterval;
import dev.squall.runner.recording.Times;
import dev.squall.runner.vitals.Machine;
import dev.squall.runner.vitals.Vital;
import dev.squall.runner.vitals.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The limits past which a result may show a runner's own trouble, as {@code docs/validity.md}
 * states them; pure. What the target does to a runner (answers that come late, or all at once after
 * a stall) is none of these.
 *
 * @param name name of the runner
 * @param vitals what it measured of itself over its load
 * @param lateness how late it sent its requests
 * @param machine what it runs on
 */
record RunnerLimits(String name, Vitals vitals, Times lateness, Machine machine) {
  /** Share of the load's time that a CPU limit may stop a runner, or pauses or lag may take. */
  static final double MOST_HELD_UP = 0.05;

  /** Less time than this is a hiccup, however short the load. */
  private static final long HICCUP_NANOS = 1_000_000_000;

  /** Lag that counts as being held up. */
  static final long HELD_UP_MICROS = 100_000;

  /** Lag that a p99 may have before it can explain a broken threshold. */
  static final long MOST_LAG_MICROS = 10_000;

  /** Lag below this share of the median response time does not matter. */
  private static final double MOST_LAG_SHARE = 0.1;

  private static final double LAG_PERCENTILE = 99;

  /** Share of time from which something is named as the cause of a lag. */
  private static final double NOTICEABLE = 0.01;

  private static final double MOST_RETRANSMITTED = 0.01;
  private static final long FEW_SEGMENTS = 1_000;
  private static final double NEARLY_FULL = 0.8;

  /** How long the kernel tracks a connection after its end, unless it was reset. */
  private static final double TRACKED_SECONDS = 120;

  private static final double MILLI = 1000;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * What makes the run say nothing, if anything does: the load was not the one asked for.
   *
   * @param typicalMicros the run's median response time
   */
  Optional<Judgement> broken(long typicalMicros) {
    if (heldUp(Vital.THROTTLED)) {
      return Optional.of(throttled());
    }
    if (heldUp(Vital.COLLECTING)) {
      return Optional.of(paused());
    }
    long limit = limit(HELD_UP_MICROS, typicalMicros);
    return muchOf(vitals.lag().laterThan(limit), vitals.lag().beats())
            || muchOf(laterThan(limit), lateness.count())
        ? Optional.of(cause())
        : Optional.empty();
  }

  private boolean muchOf(long late, long all) {
    double share = all == 0 ? 0 : (double) late / all;
    return share > MOST_HELD_UP && share * get(Vital.ELAPSED) >= HICCUP_NANOS;
  }

  private long laterThan(long micros) {
    return lateness.count() - new Ranks(lateness).countBelow(micros);
  }

  private boolean heldUp(Vital by) {
    return vitals.share(by, Vital.ELAPSED) > MOST_HELD_UP && get(by) >= HICCUP_NANOS;
  }

  /**
   * What may have made times longer than the target did, if anything: a p99 of lag or lateness
   * above its limit beyond doubt, few samples allowed for.
   *
   * @param typicalMicros the run's median response time
   */
  Optional<Judgement> suspect(long typicalMicros) {
    long limit = limit(MOST_LAG_MICROS, typicalMicros);
    return surely(vitals.lag().laterThan(limit), vitals.lag().beats())
            || surely(laterThan(limit), lateness.count())
        ? Optional.of(cause())
        : Optional.empty();
  }

  /** Whether the 99th percentile is among the late ones beyond doubt. */
  private static boolean surely(long late, long all) {
    long rank = all == 0 ? 0 : PercentileInterval.of(all, LAG_PERCENTILE).lowerRank();
    return rank >= 1 && late > all - rank;
  }

  /** The most that it was late, in µs. */
  long worstMicros() {
    return Math.max(vitals.lag().maxNanos(), lateness.maxNanos()) / 1000;
  }

  private static long limit(long micros, long typicalMicros) {
    return Math.max(micros, (long) (typicalMicros * MOST_LAG_SHARE));
  }

  /** A lag's most likely cause. */
  private Judgement cause() {
    if (vitals.share(Vital.THROTTLED, Vital.ELAPSED) > NOTICEABLE) {
      return throttled();
    }
    return vitals.share(Vital.COLLECTING, Vital.ELAPSED) > NOTICEABLE ? paused() : late();
  }

  private Judgement throttled() {
    double share = vitals.share(Vital.THROTTLED, Vital.ELAPSED);
    return Judgement.inconclusive(
        "RunnerThrottled",
        "%s was stopped by its CPU limit of %s CPUs for %s of the load's time (%d of %d periods), so its times are not the target's; %s or raise runners.count"
            .formatted(
                name,
                machine.limitMilliCpus() == null
                    ? "unknown"
                    : ThresholdWords.number(machine.limitMilliCpus() / MILLI),
                percent(share),
                get(Vital.THROTTLED_PERIODS),
                get(Vital.LIMIT_PERIODS),
                moreCpus()));
  }

  private Judgement paused() {
    double share = vitals.share(Vital.COLLECTING, Vital.ELAPSED);
    return Judgement.inconclusive(
        "RunnerPaused",
        "%s was paused by its garbage collector for %s of the load's time (%d pauses, the longest %d ms), so its times are not the target's; give runners more memory: runners.resources limits.memory, or raise runners.count"
            .formatted(
                name,
                percent(share),
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
                lag.percentileMicros(LAG_PERCENTILE) / 1000,
                lag.maxNanos() / 1_000_000,
                lateness.percentileMicros(LAG_PERCENTILE) / 1000,
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
          .formatted(percent(stolen));
    }
    if (waited > NOTICEABLE && waited > ran / 2) {
      return "other work on its node kept them from a CPU for %s of the time; %s, or place runners on quieter nodes"
          .formatted(percent(waited), moreCpus());
    }
    return "they were busy for %s of the time, so more was asked than it can send; raise runners.count, or %s"
        .formatted(percent(ran), moreCpus());
  }

  /** The cure of too little CPU. */
  private String moreCpus() {
    Long limit = machine.limitMilliCpus();
    long next = limit == null ? machine.eventLoops() : limit / (long) MILLI + 1;
    return "give runners %d CPU%s: requests and limits of cpu in runners.resources"
        .formatted(next, next == 1 ? "" : "s");
  }

  /**
   * What a reader should know, without its making the run Inconclusive.
   *
   * @param typicalMicros the run's median response time
   */
  List<String> warnings(long typicalMicros) {
    List<String> warnings = new ArrayList<>();
    suspect(typicalMicros).ifPresent(judgement -> warnings.add(judgement.message()));
    long segments = get(Vital.SEGMENTS);
    double lost = vitals.share(Vital.RETRANSMITTED, Vital.SEGMENTS);
    if (segments >= FEW_SEGMENTS && lost > MOST_RETRANSMITTED) {
      warnings.add(
          "%s sent %s of its TCP segments again: the network or the target loses packets, each of which costs 200 ms or more"
              .formatted(name, percent(lost)));
    }
    if (vitals.share(Vital.PORTS_HELD, Vital.PORTS) > NEARLY_FULL) {
      warnings.add(
          "%s held %d of %d local ports; let connections live longer, raise runners.count, or widen net.ipv4.ip_local_port_range"
              .formatted(name, get(Vital.PORTS_HELD), get(Vital.PORTS)));
    }
    if (vitals.share(Vital.TRACKED, Vital.TRACKABLE) > NEARLY_FULL) {
      warnings.add(
          "%s filled %d of %d entries of the connection tracking table; let connections live longer or raise net.netfilter.nf_conntrack_max"
              .formatted(name, get(Vital.TRACKED), get(Vital.TRACKABLE)));
    }
    double perSecond = vitals.share(Vital.OPENED, Vital.ELAPSED) * NANOS_PER_SECOND;
    double trackedFor = Math.min(TRACKED_SECONDS, get(Vital.ELAPSED) / NANOS_PER_SECOND);
    if (get(Vital.TRACKABLE) > 0
        && perSecond * trackedFor > NEARLY_FULL * get(Vital.TRACKABLE)
        && vitals.share(Vital.TRACKED, Vital.TRACKABLE) <= NEARLY_FULL) {
      warnings.add(
          "%s opened %.0f connections a second, each of which its node may track for %.0f s after its end: %.0f of the %d entries of the connection tracking table, which drops what does not fit; let connections live longer, place runners on more nodes, or raise net.netfilter.nf_conntrack_max"
              .formatted(
                  name, perSecond, TRACKED_SECONDS, perSecond * trackedFor, get(Vital.TRACKABLE)));
    }
    if (machine.slowClock()) {
      warnings.add(
          "%s's kernel takes its time from %s, which is slow to read and coarse; prefer nodes with tsc"
              .formatted(name, machine.clockSource()));
    }
    return warnings;
  }

  private long get(Vital vital) {
    return vitals.get(vital).orElse(0);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", Math.min(1, share) * 100);
  }
}
