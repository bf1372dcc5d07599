package dev.squall.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.resource.LoadTestRun;
import dev.squall.operator.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns();

  @Test
  void theOldestGoesFirst() {
    LoadTestRun old = run("b", "2026-01-01T12:00:00Z", "");
    LoadTestRun young = run("a", "2026-01-01T12:00:01Z", "");

    assertThat(turns.take(young, List.of(young, old))).contains("b");
    assertThat(turns.take(old, List.of(young, old))).isEmpty();
  }

  @Test
  void aRunThatHasTheTurnKeepsItFromOneThatWouldHaveComeFirst() {
    LoadTestRun first = run("b", "2026-01-01T12:00:00Z", "");
    assertThat(turns.take(first, List.of(first))).isEmpty();
    LoadTestRun sameSecond = run("a", "2026-01-01T12:00:00Z", "");

    assertThat(turns.take(sameSecond, List.of(first, sameSecond))).contains("b");
    assertThat(turns.take(first, List.of(first, sameSecond))).isEmpty();
  }

  @Test
  void afterARestartTheStatusSaysWhoseTurnItIs() {
    LoadTestRun begun =
        run(
            "z",
            "2026-01-01T13:00:00Z",
            "phase: Running\nconditions: [{type: Accepted, status: 'True', reason: x, message: x, lastTransitionTime: x}]");
    LoadTestRun older = run("a", "2026-01-01T12:00:00Z", "phase: Pending");

    assertThat(turns.take(older, List.of(begun, older))).contains("z");
  }

  @Test
  void aCompletedRunGivesTheTurnAway() {
    LoadTestRun first = run("a", "2026-01-01T12:00:00Z", "");
    assertThat(turns.take(first, List.of(first))).isEmpty();
    LoadTestRun completed = run("a", "2026-01-01T12:00:00Z", "phase: Completed");
    LoadTestRun next = run("b", "2026-01-01T12:00:01Z", "");

    assertThat(turns.take(next, List.of(completed, next))).isEmpty();
  }

  @Test
  void aDeletedRunGivesTheTurnAway() {
    LoadTestRun first = run("a", "2026-01-01T12:00:00Z", "");
    assertThat(turns.take(first, List.of(first))).isEmpty();
    LoadTestRun next = run("b", "2026-01-01T12:00:01Z", "");

    assertThat(turns.take(next, List.of(next))).isEmpty();
  }

  private static LoadTestRun run(String name, String created, String status) {
    return Samples.yaml(
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTestRun
        metadata: {name: %s, namespace: models, uid: uid-%s, creationTimestamp: "%s"}
        spec: {loadTest: heart}
        """
                .formatted(name, name, created)
            + (status.isEmpty() ? "" : "status:\n" + status.indent(2)),
        LoadTestRun.class);
  }
}
