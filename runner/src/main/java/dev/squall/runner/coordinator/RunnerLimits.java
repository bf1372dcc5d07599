package dev.squall.runner.coordinator;

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
 * states them; pure. What is then said to be its cause: {@link RunnerCause}. What the target does
 * to a runner (answers that come late, or all at once after a stall) is none of these.
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

  static final double LAG_PERCENTILE = 99;

  private static final double MOST_RETRANSMITTED = 0.01;
  private static final long FEW_SEGMENTS = 1_000;
  private static final double NEARLY_FULL = 0.8;

  /** How long the kernel tracks a connection after its end, unless it was reset. */
  private static final double TRACKED_SECONDS = 120;

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * What makes the run say nothing, if anything does: the load was not the one asked for.
   *
   * @param typicalMicros the run's median response time
   */
  Optional<Judgement> broken(long typicalMicros) {
    if (heldUp(Vital.THROTTLED)) {
      return Optional.of(cause().throttled());
    }
    if (heldUp(Vital.COLLECTING)) {
      return Optional.of(cause().paused());
    }
    long limit = limit(HELD_UP_MICROS, typicalMicros);
    return muchOf(vitals.lag().laterThan(limit), vitals.lag().beats())
            || muchOf(laterThan(limit), lateness.count())
        ? Optional.of(cause().judgement())
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
        ? Optional.of(cause().judgement())
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

  private RunnerCause cause() {
    return new RunnerCause(name, vitals, lateness, machine);
  }

  private long get(Vital vital) {
    return vitals.get(vital).orElse(0);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", Math.min(1, share) * 100);
  }
}
