package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.results.RunnerFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a run can say anything about its target; pure. */
final class Validity {
  /** How far start instants may lie apart beyond doubt. */
  private static final long MOST_SKEW_MICROS = 100_000;

  private Validity() {}

  /**
   * What makes the run say nothing, the most telling first; empty if it is valid.
   *
   * @param stopped whether it was told to end
   */
  static Optional<Judgement> broken(
      boolean stopped, List<RunnerView> runners, List<FailureCount> failures) {
    if (stopped) {
      return Optional.of(
          Judgement.inconclusive(
              "Aborted", "the run was stopped before its load had ended; what it sent is counted"));
    }
    List<RunnerView> lost = runners.stream().filter(r -> r.lost().isPresent()).toList();
    if (!lost.isEmpty()) {
      return Optional.of(
          Judgement.inconclusive(
              "RunnerLost",
              "%d of %d runners were lost: %s; the others are counted in full, a lost one as far as its snapshots were pulled; see the pods' events for why and run the test again"
                  .formatted(
                      lost.size(),
                      runners.size(),
                      lost.stream()
                          .limit(5)
                          .map(r -> r.name() + ": " + r.lost().orElse(""))
                          .collect(Collectors.joining("; ")))));
    }
    for (RunnerView runner : runners) {
      Optional<Fault> fault = runner.state().map(RunnerState::fault);
      if (fault.isPresent()) {
        return Optional.of(
            Judgement.inconclusive(
                fault.get().reason(), runner.name() + ": " + fault.get().message()));
      }
    }
    return failures.stream()
        .filter(failure -> failure.kind() == FailureKind.PORTS)
        .max(Comparator.comparingLong(FailureCount::count))
        .map(most -> outOfPorts(most, failures));
  }

  private static Judgement outOfPorts(FailureCount most, List<FailureCount> failures) {
    return Judgement.inconclusive(
        "RunnerOutOfPorts",
        "%d requests failed because a runner had %s, which says nothing about the target; let connections live longer or share them (target.connections), raise runners.count, or raise the pods' limit: %s"
            .formatted(
                failures.stream()
                    .filter(failure -> failure.kind() == FailureKind.PORTS)
                    .mapToLong(FailureCount::count)
                    .sum(),
                most.reason(),
                most.reason().contains("file") ? "ulimit -n" : "net.ipv4.ip_local_port_range"));
  }

  /**
   * What kept the runners from sending what was asked when it was asked, the worst runner's; empty
   * if nothing did beyond the stated limits.
   *
   * @param skew how far the start instants lay apart
   * @param typicalMicros the run's median response time
   */
  static Optional<Judgement> unable(
      List<RunnerView> runners, Optional<ClockOffset.Skew> skew, long typicalMicros) {
    Optional<Judgement> worst = worst(runners, one -> one.broken(typicalMicros));
    if (worst.isPresent()) {
      return worst;
    }
    return skew.filter(s -> s.micros() - s.errorMicros() > MOST_SKEW_MICROS)
        .map(
            s ->
                Judgement.inconclusive(
                    "StartSkewed",
                    "the runners began %d ms apart (give or take %d ms), so the load was not the one asked for; see whether their nodes' clocks or the network to them are disturbed, and run the test again"
                        .formatted(s.micros() / 1000, s.errorMicros() / 1000)));
  }

  /**
   * What in the runners may explain a broken threshold: less than makes a run say nothing, enough
   * to not blame the target.
   *
   * @param typicalMicros the run's median response time
   */
  static Optional<Judgement> suspect(List<RunnerView> runners, long typicalMicros) {
    return worst(runners, one -> one.suspect(typicalMicros));
  }

  /** The most that any runner was late, in µs. */
  static long worstLagMicros(List<RunnerView> runners) {
    return HealthReport.limits(runners).stream()
        .mapToLong(RunnerLimits::worstMicros)
        .max()
        .orElse(0);
  }

  private static Optional<Judgement> worst(
      List<RunnerView> runners, Function<RunnerLimits, Optional<Judgement>> question) {
    List<Judgement> all =
        HealthReport.limits(runners).stream().flatMap(one -> question.apply(one).stream()).toList();
    return all.stream()
        .findFirst()
        .map(
            first ->
                all.size() == 1
                    ? first
                    : Judgement.inconclusive(
                        first.reason(),
                        "%s (so are %d more of %d runners; summary.json has the worst)"
                            .formatted(first.message(), all.size() - 1, runners.size())));
  }

  /** What went wrong in the runners, for the exceptions file. */
  static List<RunnerFault> faults(List<RunnerView> runners) {
    List<RunnerFault> faults = new ArrayList<>();
    for (RunnerView runner : runners) {
      runner
          .lost()
          .ifPresent(why -> faults.add(new RunnerFault(runner.name(), "RunnerLost: " + why)));
      runner
          .state()
          .map(RunnerState::fault)
          .ifPresent(
              fault ->
                  faults.add(
                      new RunnerFault(runner.name(), fault.reason() + ": " + fault.message())));
    }
    return faults;
  }
}
