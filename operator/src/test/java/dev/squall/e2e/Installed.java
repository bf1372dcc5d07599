package dev.squall.e2e;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Squall installed as a user would, in the shared cluster, once for this JVM. */
final class Installed {
  private static final Path IMAGES = TestCluster.ROOT.resolve("build/images.txt");

  private final TestCluster cluster;

  private Installed(TestCluster cluster) {
    this.cluster = cluster;
  }

  /** The installation of this JVM: made at the first call. */
  static Installed shared() {
    return Holder.INSTANCE;
  }

  private static final class Holder {
    static final Installed INSTANCE = install();
  }

  private static Installed install() {
    TestCluster cluster = TestCluster.shared();
    cluster.load(archives());
    for (String manifest :
        List.of(
            "deploy/install.yaml",
            "deploy/s3/s3.yaml",
            "deploy/model-service/model-service.yaml")) {
      cluster.kubectl("apply", "-f", TestCluster.ROOT.resolve(manifest).toString());
    }
    // A test cluster's nodes are small: whole CPUs for three runners and the rest are not to be
    // had.
    cluster.kubectl(
        "-n", "squall-system", "set", "env", "deployment/squall-operator", "SQUALL_RUNNER_CPUS=0");
    Installed installed = new Installed(cluster);
    installed.awaitDeployment("squall-system", "squall-operator");
    installed.awaitDeployment("storage", "s3");
    installed.awaitDeployment("models", "heart-disease");
    return installed;
  }

  private static List<Path> archives() {
    try {
      return Files.readAllLines(IMAGES).stream().map(Path::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no images: run 'make images' first, it writes " + IMAGES, e);
    }
  }

  /** The cluster it is installed in. */
  TestCluster cluster() {
    return cluster;
  }

  /** A client with the rights of the cluster's administrator. */
  KubernetesClient client() {
    return cluster.client();
  }

  /** Waits until a Deployment is available, for at most three minutes. */
  void awaitDeployment(String namespace, String name) {
    client()
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(name)
        .waitUntilCondition(
            d ->
                d != null
                    && d.getStatus() != null
                    && d.getStatus().getAvailableReplicas() != null
                    && d.getStatus().getAvailableReplicas() >= 1
                    && d.getMetadata()
                        .getGeneration()
                        .equals(d.getStatus().getObservedGeneration()),
            3,
            TimeUnit.MINUTES);
  }

  /**
   * A fresh namespace that enforces Pod Security {@code restricted}, with a test target (Service
   * {@code target}, port 8080) and the storage's Secret {@code s3} in it.
   */
  Space space(String purpose) {
    Namespace namespace =
        client()
            .namespaces()
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName(purpose + "-")
                    .withLabels(
                        Map.of(
                            "pod-security.kubernetes.io/enforce",
                            "restricted",
                            "squall.dev/e2e",
                            purpose))
                    .endMetadata()
                    .build())
            .create();
    String name = namespace.getMetadata().getName();
    cluster.kubectl(
        "apply",
        "-n",
        name,
        "-f",
        TestCluster.ROOT.resolve("deploy/test-target/target.yaml").toString(),
        "-f",
        TestCluster.ROOT.resolve("deploy/s3/credentials.yaml").toString());
    awaitDeployment(name, "target");
    return new Space(this, name);
  }
}
