package dev.squall.runner.coordinator;

import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.control.RunnerState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to do before the load runs; {@link #decide} is pure. */
sealed interface StartDecision {
  /** Not everything is ready yet. */
  record Await(String reason, String message) implements StartDecision {}

  /** Everything is ready and nothing has started: name the start instant. */
  record Start() implements StartDecision {}

  /** A coordinator before this one started the load: take everything from the first interval. */
  record Resume() implements StartDecision {}

  /** The load will not start. */
  record GiveUp(Judgement judgement) implements StartDecision {}

  /**
   * What was seen.
   *
   * @param waited how long the coordinator has been waiting
   * @param startTimeout how long it may wait for everything
   * @param readinessTimeout how long it may wait for the target
   * @param targetProblem why the target is not ready, empty if it is
   * @param stopped whether the run was told to end
   */
  record Seen(
      Duration waited,
      Duration startTimeout,
      Duration readinessTimeout,
      Optional<String> targetProblem,
      boolean stopped) {}

  /** Decides from what was seen of the runners and the target. */
  static StartDecision decide(Seen seen, List<RunnerView> runners) {
    if (runners.stream().anyMatch(r -> r.start().isPresent())) {
      return new Resume();
    }
    if (seen.stopped) {
      return giveUp("Aborted", "the run was stopped before its load started");
    }
    for (RunnerView runner : runners) {
      Optional<Fault> fault = runner.state().map(RunnerState::fault);
      if (fault.isPresent()) {
        return giveUp(fault.get().reason(), runner.name() + ": " + fault.get().message());
      }
    }
    List<RunnerView> waiting = runners.stream().filter(r -> !r.is(Phase.Ready)).toList();
    if (!waiting.isEmpty()) {
      String who =
          "%d of %d runners are not ready: %s"
              .formatted(
                  waiting.size(),
                  runners.size(),
                  waiting.stream()
                      .limit(5)
                      .map(RunnerView::waitingFor)
                      .collect(Collectors.joining("; ")));
      return seen.waited.compareTo(seen.startTimeout) < 0
          ? new Await("RunnersNotReady", who)
          : giveUp(
              "RunnersNotReady",
              who + ", after " + seconds(seen.startTimeout) + "; see the runners' pods for why");
    }
    Optional<String> differ = differingDataset(runners);
    if (differ.isPresent()) {
      return giveUp("DatasetsDiffer", differ.get());
    }
    if (seen.targetProblem.isPresent()) {
      Duration limit =
          seen.readinessTimeout.compareTo(seen.startTimeout) < 0
              ? seen.readinessTimeout
              : seen.startTimeout;
      return seen.waited.compareTo(limit) < 0
          ? new Await("TargetNotReady", seen.targetProblem.get())
          : giveUp(
              "TargetNotReady",
              seen.targetProblem.get()
                  + ", after "
                  + seconds(limit)
                  + "; see whether the target runs and spec.target.readiness is right");
    }
    return new Start();
  }

  private static GiveUp giveUp(String reason, String message) {
    return new GiveUp(Judgement.inconclusive(reason, message));
  }

  private static Optional<String> differingDataset(List<RunnerView> runners) {
    List<DatasetDigest> first =
        runners.getFirst().state().map(RunnerState::datasets).orElse(List.of());
    for (RunnerView runner : runners) {
      List<DatasetDigest> theirs = runner.state().map(RunnerState::datasets).orElse(List.of());
      for (DatasetDigest digest : theirs) {
        if (!first.contains(digest)) {
          return Optional.of(
              "dataset %s is not the same file on %s and %s; mount the same content on all runners"
                  .formatted(digest.name(), runners.getFirst().name(), runner.name()));
        }
      }
    }
    return Optional.empty();
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
