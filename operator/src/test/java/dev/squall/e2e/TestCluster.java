package dev.squall.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The real Kubernetes the tests run on, started once for this JVM. In this order: the one that the
 * variable {@code KUBECONFIG} names; K3s in a container where Docker can pull it; the project's own
 * local cluster.
 */
final class TestCluster {
  private static final String K3S_IMAGE = "rancher/k3s:v1.34.1-k3s1";

  /** Top folder of the checkout: Maven runs the tests in the module's. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Source source;
  private final Path kubeconfig;
  private final KubernetesClient client;

  private TestCluster(Source source, Path kubeconfig) {
    this.source = source;
    this.kubeconfig = kubeconfig;
    try {
      this.client =
          new KubernetesClientBuilder()
              .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + kubeconfig, e);
    }
  }

  /** Where a cluster comes from, and how an image gets into it. */
  private sealed interface Source {
    /** A cluster of the user's, which pulls its images itself. */
    record Given() implements Source {}

    /** K3s in a container. */
    record K3s(K3sContainer container) implements Source {}

    /** The project's own, by name. */
    record Local(String name) implements Source {}
  }

  /** The cluster of this JVM, started at the first call and ended with the JVM. */
  static TestCluster shared() {
    return Holder.INSTANCE;
  }

  private static final class Holder {
    static final TestCluster INSTANCE = start();
  }

  private static TestCluster start() {
    String given = System.getenv("KUBECONFIG");
    if (given != null && !given.isBlank()) {
      return new TestCluster(new Source.Given(), Path.of(given));
    }
    return dockerCanPull() ? k3s() : local();
  }

  private static boolean dockerCanPull() {
    if (Shell.tryRun(Map.of(), List.of("sh", "-c", "docker info")).exitCode() != 0) {
      return false;
    }
    return DockerClientFactory.instance().isDockerAvailable()
        && Shell.tryRun(Map.of(), List.of("docker", "pull", "-q", K3S_IMAGE)).exitCode() == 0;
  }

  @SuppressWarnings("resource") // lives until the JVM ends; Testcontainers reaps it
  private static TestCluster k3s() {
    K3sContainer container = new K3sContainer(DockerImageName.parse(K3S_IMAGE));
    container.start();
    try {
      Path kubeconfig = Files.createTempFile("squall-e2e", ".kubeconfig");
      Files.writeString(kubeconfig, container.getKubeConfigYaml());
      return new TestCluster(new Source.K3s(container), kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestCluster local() {
    String name = "e2e-" + ProcessHandle.current().pid();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> Shell.run(Map.of(), List.of(script("down.sh"), name)), "cluster down"));
    String printed = Shell.run(Map.of(), List.of(script("up.sh"), name));
    String kubeconfig = printed.strip().lines().reduce((first, last) -> last).orElseThrow();
    return new TestCluster(new Source.Local(name), Path.of(kubeconfig));
  }

  private static String script(String name) {
    return ROOT.resolve("deploy/local-cluster").resolve(name).toString();
  }

  /** A client with the rights of the cluster's administrator. */
  KubernetesClient client() {
    return client;
  }

  /** Makes docker archives known to the cluster's node; a given cluster pulls by itself. */
  void load(List<Path> archives) {
    switch (source) {
      case Source.Given() -> {}
      case Source.K3s(K3sContainer container) -> archives.forEach(a -> load(container, a));
      case Source.Local(String name) -> {
        List<String> command = new ArrayList<>(List.of(script("load.sh"), name));
        archives.forEach(archive -> command.add(archive.toString()));
        Shell.run(Map.of(), command);
      }
    }
  }

  private static void load(K3sContainer container, Path archive) {
    container.copyFileToContainer(MountableFile.forHostPath(archive), "/tmp/image.tar");
    try {
      var result =
          container.execInContainer("ctr", "-n", "k8s.io", "images", "import", "/tmp/image.tar");
      if (result.getExitCode() != 0) {
        throw new IllegalStateException("cannot load " + archive + ": " + result.getStderr());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs kubectl as a user would; fails with its words. */
  String kubectl(String... arguments) {
    return Shell.run(environment(), kubectlCommand(arguments));
  }

  /** Runs kubectl where an error is an expected answer. */
  Shell.Result tryKubectl(String... arguments) {
    return Shell.tryRun(environment(), kubectlCommand(arguments));
  }

  private Map<String, String> environment() {
    return Map.of("KUBECONFIG", kubeconfig.toString());
  }

  private List<String> kubectlCommand(String... arguments) {
    return Stream.concat(Stream.of(kubectl()), Stream.of(arguments)).toList();
  }

  private String kubectl() {
    Path bundled = kubeconfig.resolveSibling("bin/kubectl");
    return source instanceof Source.Local && Files.isExecutable(bundled)
        ? bundled.toString()
        : "kubectl";
  }
}
