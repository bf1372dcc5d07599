package dev.squall.operator.lifecycle;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.LoadTestStatus;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.operator.lifecycle.TestDecision.Refuse;
import dev.squall.operator.lifecycle.TestDecision.Rest;
import dev.squall.operator.lifecycle.TestDecision.Start;
import dev.squall.operator.lifecycle.TestDecision.Wait;
import dev.squall.operator.observe.RunSeen;
import dev.squall.operator.observe.TestObservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When a LoadTest starts a run, and which of its runs are kept. */
public final class TestLifecycle {
  private TestLifecycle() {}

  /**
   * A run starts when the content differs from what last started one: what the status says, or the
   * newest run itself where an operator was killed before it could write the status.
   */
  public static TestDecision decide(LoadTestStatus status, TestObservation seen) {
    if (seen.refusal().isPresent()) {
      return new Refuse(seen.refusal().get());
    }
    if (seen.contentHash().equals(lastStarted(status, seen).orElse(null))) {
      return new Rest();
    }
    return seen.runs().stream()
        .filter(run -> !run.completed())
        .findFirst()
        .<TestDecision>map(run -> new Wait(run.name()))
        .orElseGet(Start::new);
  }

  /** The content that last started a run. */
  public static Optional<String> lastStarted(LoadTestStatus status, TestObservation seen) {
    Optional<String> newest =
        seen.runs().stream()
            .findFirst()
            .map(RunSeen::contentHash)
            .filter(seen.contentHash()::equals);
    return newest.or(() -> Optional.ofNullable(status.contentHash()));
  }

  /** Names of the completed runs beyond the history limits, those completed longest ago. */
  public static List<String> excess(LoadTestSpec spec, List<RunSeen> runs) {
    List<String> excess = new ArrayList<>();
    excess.addAll(beyond(runs, true, spec.successfulRunsHistoryLimit()));
    excess.addAll(beyond(runs, false, spec.failedRunsHistoryLimit()));
    return excess;
  }

  private static List<String> beyond(List<RunSeen> runs, boolean passed, int limit) {
    return runs.stream()
        .filter(RunSeen::completed)
        .filter(run -> passed == (run.status() != null && run.status().verdict() == Verdict.Passed))
        .sorted(Comparator.comparing(RunSeen::created).reversed())
        .skip(limit)
        .map(RunSeen::name)
        .toList();
  }
}
