package dev.squall.operator.observe;

import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.RunPhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as its LoadTest sees it.
 *
 * @param name name of the LoadTestRun
 * @param created when it was created
 * @param contentHash hash of its frozen test, null before it is frozen
 * @param status its status, null before the first
 */
public record RunSeen(
    String name,
    Instant created,
    @Nullable String contentHash,
    @Nullable LoadTestRunStatus status) {
  /** Where it stands: Pending before its first status. */
  public RunPhase phase() {
    RunPhase phase = status == null ? null : status.phase();
    return phase == null ? RunPhase.Pending : phase;
  }

  /** Whether its verdict stands. */
  public boolean completed() {
    return phase() == RunPhase.Completed;
  }
}
