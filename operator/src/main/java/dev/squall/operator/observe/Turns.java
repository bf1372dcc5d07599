package dev.squall.operator.observe;

import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.RunPhase;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose turn it is among the runs of one LoadTest: one at a time, the oldest first. The turn is
 * given here, under a lock, because two runs that are reconciled at the same instant do not see
 * each other's status yet; after a restart the statuses say it. Any thread may call.
 */
final class Turns {
  /** UID of the run that has the turn, by namespace and LoadTest. */
  private final Map<String, String> given = new HashMap<>();

  /**
   * Takes the turn for a run, or says whose it is.
   *
   * @param runs all runs of the same LoadTest, itself included
   * @return the name of the run that goes first; empty if this one has the turn
   */
  synchronized Optional<String> take(LoadTestRun run, List<LoadTestRun> runs) {
    String key = run.getMetadata().getNamespace() + "/" + run.getSpec().loadTest();
    List<LoadTestRun> others =
        runs.stream()
            .filter(other -> !completed(other))
            .filter(other -> !uid(other).equals(uid(run)))
            .toList();
    Optional<LoadTestRun> ahead =
        others.stream()
            .filter(other -> begun(other) || uid(other).equals(given.get(key)))
            .findFirst()
            .or(
                () ->
                    begun(run) || uid(run).equals(given.get(key))
                        ? Optional.empty()
                        : others.stream()
                            .filter(other -> BY_AGE.compare(other, run) < 0)
                            .min(BY_AGE));
    if (ahead.isEmpty()) {
      given.put(key, uid(run));
    }
    return ahead.map(other -> other.getMetadata().getName());
  }

  private static final Comparator<LoadTestRun> BY_AGE =
      Comparator.<LoadTestRun, String>comparing(r -> r.getMetadata().getCreationTimestamp())
          .thenComparing(r -> r.getMetadata().getName());

  private static boolean completed(LoadTestRun run) {
    return run.getStatus() != null && run.getStatus().phase() == RunPhase.Completed;
  }

  /** Whether its status says that it has had the turn since before this operator's start. */
  private static boolean begun(LoadTestRun run) {
    LoadTestRunStatus status = run.getStatus();
    return status != null
        && status.conditions().stream()
            .anyMatch(c -> c.type().equals("Accepted") && c.status().equals("True"));
  }

  private static String uid(LoadTestRun run) {
    return run.getMetadata().getUid();
  }
}
