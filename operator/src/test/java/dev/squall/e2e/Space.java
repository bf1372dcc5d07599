package dev.squall.e2e;

import dev.squall.api.resource.LoadTest;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A namespace of one test: what a user does in it and sees of it. */
final class Space implements AutoCloseable {
  private final Installed installed;
  private final String namespace;

  Space(Installed installed, String namespace) {
    this.installed = installed;
    this.namespace = namespace;
  }

  String namespace() {
    return namespace;
  }

  KubernetesClient client() {
    return installed.client();
  }

  TestCluster cluster() {
    return installed.cluster();
  }

  /** What the test target of this namespace received. */
  TargetLog target() {
    return new TargetLog(client(), namespace);
  }

  /** Applies a manifest with kubectl, as a user would. */
  void apply(String manifest) {
    try {
      Path file = Files.createTempFile("squall-e2e", ".yaml");
      Files.writeString(file, manifest);
      cluster().kubectl("apply", "-n", namespace, "-f", file.toString());
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the LoadTest's newest run is one that started after {@code previous}. */
  String awaitRun(String loadTest, String previous) {
    LoadTest seen =
        client()
            .resources(LoadTest.class)
            .inNamespace(namespace)
            .withName(loadTest)
            .waitUntilCondition(
                t ->
                    t != null
                        && t.getStatus() != null
                        && t.getStatus().currentRun() != null
                        && !t.getStatus().currentRun().equals(previous),
                1,
                TimeUnit.MINUTES);
    return Objects.requireNonNull(seen.getStatus().currentRun());
  }

  /** Applies a LoadTest and waits for the name of its run. */
  String start(String manifest, String loadTest) {
    apply(manifest);
    return awaitRun(loadTest, "");
  }

  /** The run as it stands now. */
  LoadTestRun run(String name) {
    return client().resources(LoadTestRun.class).inNamespace(namespace).withName(name).require();
  }

  /** Waits until the run's status satisfies the condition. */
  LoadTestRunStatus await(String run, int seconds, Predicate<LoadTestRunStatus> condition) {
    return client()
        .resources(LoadTestRun.class)
        .inNamespace(namespace)
        .withName(run)
        .waitUntilCondition(
            r -> r != null && r.getStatus() != null && condition.test(r.getStatus()),
            seconds,
            TimeUnit.SECONDS)
        .getStatus();
  }

  /** Waits until the run is completed. */
  LoadTestRunStatus awaitCompleted(String run, int seconds) {
    return await(run, seconds, s -> s.phase() == RunPhase.Completed);
  }

  /** Waits until the run sends load. */
  LoadTestRunStatus awaitRunning(String run) {
    return await(run, 90, s -> s.phase() == RunPhase.Running && s.requests() > 0);
  }

  /** The pods of a run in a role, {@link PodContract#RUNNER} or {@link PodContract#COORDINATOR}. */
  List<Pod> pods(String run, String role) {
    return client()
        .pods()
        .inNamespace(namespace)
        .withLabel(PodContract.RUN_LABEL, run)
        .withLabel(PodContract.COMPONENT_LABEL, role)
        .list()
        .getItems();
  }

  /** Ends a pod as a node's failure would: at once, with no signal it could act on. */
  void kill(Pod pod) {
    client().resource(pod).withGracePeriod(0).delete();
  }

  @Override
  public void close() {
    client().namespaces().withName(namespace).delete();
  }
}
