package dev.squall.api.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the runners were able to send what was asked, as they measured it themselves. What is
 * past a limit that makes a run Inconclusive stands in {@link Summary#reason()} too.
 *
 * @param warnings what a reader of the result should know, short of making it Inconclusive
 * @param clocks the runners' clocks, null before they were compared
 * @param engine how the runners sent, null before they could
 * @param runners the runners, the worst first, at most 20
 */
public record RunValidity(
    List<String> warnings,
    @Nullable Clocks clocks,
    @Nullable Engine engine,
    List<RunnerHealth> runners) {
  /** Copies the lists; absent ones are empty. */
  public RunValidity {
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
    runners = runners == null ? List.of() : List.copyOf(runners);
  }

  /** Nothing is known. */
  public static RunValidity none() {
    return new RunValidity(List.of(), null, null, List.of());
  }

  /**
   * How an engine sends, as it found out at its start. Of runners that differ, each of what they
   * have, separated by semicolons.
   *
   * @param transport how it drives sockets: {@code io_uring}, {@code epoll} or {@code nio}
   * @param transportReason why not by a better way, null if there is none
   * @param tlsProvider who does TLS, such as {@code BoringSSL}, and why; null without TLS
   * @param protocol what its connections speak: {@code HTTP/1.1}, or {@code HTTP/2} and how that
   *     was agreed on
   */
  public record Engine(
      String transport,
      @Nullable String transportReason,
      @Nullable String tlsProvider,
      @Nullable String protocol) {}

  /**
   * How the runners' clocks stood to the coordinator's.
   *
   * @param measurements how often they were compared: at the start, and every minute
   * @param startSkewMicros largest difference between two runners' start instants
   * @param startSkewErrorMicros the most that this can be off
   * @param driftNanosPerSecond largest drift of one clock against the coordinator's since its first
   *     measurement, null before the second
   * @param driftErrorNanosPerSecond the most that this can be off
   */
  public record Clocks(
      int measurements,
      long startSkewMicros,
      long startSkewErrorMicros,
      @Nullable Long driftNanosPerSecond,
      @Nullable Long driftErrorNanosPerSecond) {}

  /**
   * What one runner measured of itself over its load. What its machine does not tell is null.
   *
   * @param name name of the runner
   * @param latenessP50Micros median of how late the engine itself sent requests, null without one
   * @param latenessP99Micros 99th percentile of that
   * @param latenessMaxMicros the worst
   * @param lagP50Micros median of how late its event loops came to a beat, within a class 1-2-5
   * @param lagP99Micros 99th percentile of that
   * @param lagMaxMicros the worst
   * @param collections garbage collector's pauses
   * @param collectionMicros time in them
   * @param longestCollectionMicros the longest
   * @param limitPeriods periods of its CPU limit in which it ran
   * @param throttledPeriods those in which the limit stopped it
   * @param throttledMicros for how long, summed over CPUs
   * @param loopsRanMicros time its event loops ran
   * @param loopsWaitedMicros time they were ready and had no CPU
   * @param pressureMicros time in which something on its machine, or in its cgroup, had no CPU
   * @param stolenPerMille share of the machine's CPU time that the hypervisor gave to others
   * @param segments TCP segments sent in its network namespace
   * @param retransmitted those sent again
   * @param opened TCP connections opened in its network namespace
   * @param portsHeld most TCP sockets at one time, TIME_WAIT included
   * @param ports local ports that there are
   * @param tracked most entries in the connection tracking table
   * @param trackable how many it takes
   * @param processors CPUs it may run on
   * @param limitMilliCpus its CPU limit in thousandths of a CPU
   * @param clockSource where its kernel takes the time from
   */
  public record RunnerHealth(
      String name,
      @Nullable Long latenessP50Micros,
      @Nullable Long latenessP99Micros,
      @Nullable Long latenessMaxMicros,
      long lagP50Micros,
      long lagP99Micros,
      long lagMaxMicros,
      @Nullable Long collections,
      @Nullable Long collectionMicros,
      @Nullable Long longestCollectionMicros,
      @Nullable Long limitPeriods,
      @Nullable Long throttledPeriods,
      @Nullable Long throttledMicros,
      @Nullable Long loopsRanMicros,
      @Nullable Long loopsWaitedMicros,
      @Nullable Long pressureMicros,
      @Nullable Long stolenPerMille,
      @Nullable Long segments,
      @Nullable Long retransmitted,
      @Nullable Long opened,
      @Nullable Long portsHeld,
      @Nullable Long ports,
      @Nullable Long tracked,
      @Nullable Long trackable,
      int processors,
      @Nullable Long limitMilliCpus,
      @Nullable String clockSource) {}
}
