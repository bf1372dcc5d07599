package dev.squall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.resource.LoadTest;
import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parts that fail in mid-run: what the status says agrees with the target's own log. */
final class FaultE2E {
  private final Installed squall = Installed.shared();

  @Test
  void aKilledRunnerMakesTheRunInconclusiveAndTheOthersCountExactly() {
    try (Space space = squall.space("runner-killed")) {
      String run = space.start(Manifests.steady(3, "30s", Manifests.stored()), "steady");
      space.awaitRunning(run);
      Pod victim =
          space.pods(run, PodContract.RUNNER).stream()
              .filter(p -> index(p) == 1)
              .findAny()
              .orElseThrow();
      space.kill(victim);
      LoadTestRunStatus status = space.awaitCompleted(run, 120);
      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Inconclusive);
      // A pod that is deleted may still be told to end before it is killed, and then says so.
      assertThat(status.reason()).isIn("RunnerLost", "RunnerTerminated");
      List<TargetLog.Entry> log = space.target().entries();
      long others = log.stream().filter(e -> isHit(e) && e.user() % 3 != 1).count();
      long lost = log.stream().filter(e -> isHit(e) && e.user() % 3 == 1).count();
      // Of the lost runner, what it had reported counts: never more than the target saw.
      assertThat(status.requests()).isBetween(others, others + lost);
      StoredFiles.of(space, run).assertAgreesWith(status);
      assertThat(status.message()).contains("runner-1");
    }
  }

  @Test
  void aDeletedCoordinatorCostsNoCount() {
    try (Space space = squall.space("coordinator-killed")) {
      String run = space.start(Manifests.steady(2, "30s", Manifests.stored()), "steady");
      space.awaitRunning(run);
      space.pods(run, PodContract.COORDINATOR).forEach(space::kill);
      // Its load ends early: the runners hear nothing for 10 s, sooner than a pod is replaced.
      LoadTestRunStatus status = space.awaitCompleted(run, 150);
      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Inconclusive);
      long hits = space.target().entries().stream().filter(FaultE2E::isHit).count();
      assertThat(hits).isBetween(status.requests(), status.requests() + status.interrupted());
      StoredFiles.of(space, run).assertAgreesWith(status);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RunPhase.class,
      names = {"Starting", "Running", "Finishing"})
  void aKilledOperatorChangesNoVerdict(RunPhase phase) {
    try (Space space = squall.space("operator-killed")) {
      String run = space.start(Manifests.steady(1, "12s", Manifests.stored()), "steady");
      space.await(run, 90, s -> s.phase() != null && s.phase().compareTo(phase) >= 0);
      killOperator();
      LoadTestRunStatus status = space.awaitCompleted(run, 120);
      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Passed);
      long hits = space.target().entries().stream().filter(FaultE2E::isHit).count();
      assertThat(status.requests()).isEqualTo(hits);
      StoredFiles.of(space, run).assertAgreesWith(status);
    } finally {
      squall.awaitDeployment("squall-system", "squall-operator");
    }
  }

  @Test
  void deletingTheLoadTestEndsSendingWithinTwoSeconds() {
    try (Space space = squall.space("deleted")) {
      assertSendingEndsAndObjectsGo(space, 2);
    }
  }

  @Test
  void deletingTheLoadTestEndsSendingWithinTwelveSecondsWithTheOperatorDown() {
    try (Space space = squall.space("deleted-alone")) {
      String run = space.start(Manifests.steady(2, "5m", ""), "steady");
      space.awaitRunning(run);
      scaleOperator(0);
      long deleted = delete(space);
      awaitNoPods(space, run);
      assertLastArrival(space, deleted, 12);
    } finally {
      scaleOperator(1);
      squall.awaitDeployment("squall-system", "squall-operator");
    }
  }

  @Test
  void aMissingImageEndsTheRunWithThePodsOwnReason() {
    try (Space space = squall.space("no-image")) {
      String run =
          space.start(
              Manifests.steady(1, "10s", "  startTimeout: 20s\n")
                  .replace(
                      "{name: squall, env:", "{name: squall, image: squall-runner:absent, env:"),
              "steady");
      LoadTestRunStatus status = space.awaitCompleted(run, 90);
      assertThat(status.verdict()).isEqualTo(Verdict.Inconclusive);
      Condition ready = condition(status, "RunnersReady");
      assertThat(ready.status()).isEqualTo("False");
      assertThat(ready.message())
          .containsPattern("ImagePull|ErrImage")
          .contains("squall-runner:absent");
      awaitNoPods(space, run);
    }
  }

  @Test
  void aQuotaEndsTheRunWithTheJobsOwnReason() {
    try (Space space = squall.space("quota")) {
      space.apply(
          """
          apiVersion: v1
          kind: ResourceQuota
          metadata: {name: few-pods}
          spec: {hard: {pods: "2"}}
          """);
      String run = space.start(Manifests.steady(3, "10s", "  startTimeout: 20s\n"), "steady");
      LoadTestRunStatus status = space.awaitCompleted(run, 90);
      assertThat(status.verdict()).isEqualTo(Verdict.Inconclusive);
      Condition ready = condition(status, "RunnersReady");
      assertThat(ready.status()).isEqualTo("False");
      assertThat(ready.message()).contains("quota");
      assertThat(space.target().entries()).noneMatch(FaultE2E::isHit);
    }
  }

  private void assertSendingEndsAndObjectsGo(Space space, int seconds) {
    String earlier = space.start(Manifests.steady(1, "3s", Manifests.stored()), "steady");
    space.awaitCompleted(earlier, 90);
    StoredFiles before = StoredFiles.of(space, earlier);
    space.apply(Manifests.steady(2, "5m", Manifests.stored()));
    String run = space.awaitRun("steady", earlier);
    space.awaitRunning(run);
    long deleted = delete(space);
    awaitNoPods(space, run);
    assertThat(System.currentTimeMillis() - deleted).isLessThan(30_000);
    assertLastArrival(space, deleted, seconds);
    assertThat(before.files()).isNotEmpty();
  }

  private static long delete(Space space) {
    long now = System.currentTimeMillis();
    space
        .client()
        .resources(LoadTest.class)
        .inNamespace(space.namespace())
        .withName("steady")
        .delete();
    return now;
  }

  private static void assertLastArrival(Space space, long deletedMillis, int seconds) {
    long last =
        space.target().entries().stream()
            .filter(FaultE2E::isHit)
            .mapToLong(TargetLog.Entry::wallNanos)
            .max()
            .orElseThrow();
    assertThat(TimeUnit.NANOSECONDS.toMillis(last) - deletedMillis).isLessThan(seconds * 1000L);
  }

  private static void awaitNoPods(Space space, String run) {
    space
        .client()
        .pods()
        .inNamespace(space.namespace())
        .withLabel(PodContract.RUN_LABEL, run)
        .informOnCondition(List::isEmpty)
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private void killOperator() {
    squall
        .client()
        .pods()
        .inNamespace("squall-system")
        .withLabel(PodContract.COMPONENT_LABEL, "operator")
        .withGracePeriod(0)
        .delete();
  }

  private void scaleOperator(int replicas) {
    squall
        .client()
        .apps()
        .deployments()
        .inNamespace("squall-system")
        .withName("squall-operator")
        .scale(replicas);
    if (replicas == 0) {
      squall
          .client()
          .pods()
          .inNamespace("squall-system")
          .withLabel(PodContract.COMPONENT_LABEL, "operator")
          .informOnCondition(List::isEmpty)
          .orTimeout(60, TimeUnit.SECONDS)
          .join();
    } else {
      squall.awaitDeployment("squall-system", "squall-operator");
    }
  }

  private static Condition condition(LoadTestRunStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .findAny()
        .orElseThrow(() -> new AssertionError("no " + type + " in " + status.conditions()));
  }

  private static boolean isHit(TargetLog.Entry entry) {
    return entry.path().equals("/hit");
  }

  private static int index(Pod pod) {
    return Integer.parseInt(
        pod.getMetadata().getLabels().get("batch.kubernetes.io/job-completion-index"));
  }
}
