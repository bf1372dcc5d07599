package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.results.RunnerFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a run can say anything about its target; pure. */
final class Validity {
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
    long ports =
        failures.stream()
            .filter(f -> f.kind() == FailureKind.PORTS)
            .mapToLong(FailureCount::count)
            .sum();
    return ports == 0
        ? Optional.empty()
        : Optional.of(
            Judgement.inconclusive(
                "RunnerOutOfPorts",
                "%d requests failed because a runner had no free local port, which says nothing about the target; use more runners or let connections live longer"
                    .formatted(ports)));
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
