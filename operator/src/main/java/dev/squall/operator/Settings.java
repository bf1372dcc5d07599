package dev.squall.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The operator's settings, each an environment variable of its Deployment (SQUALL_RUNNER_IMAGE).
 */
@ConfigMapping(prefix = "squall")
public interface Settings {
  /** Image of runner and coordinator. */
  @WithDefault("squall-runner:dev")
  String runnerImage();

  /** Pull policy of that image: Always, IfNotPresent or Never. */
  @WithDefault("IfNotPresent")
  String runnerImagePullPolicy();

  /** Names of Secrets, in the LoadTest's namespace, that the image is pulled with. */
  Optional<List<String>> imagePullSecrets();

  /**
   * Targets that any LoadTest may be aimed at besides the Services of its own namespace: {@code
   * namespace/service}, {@code namespace/*}, or a URL of scheme, host and port.
   */
  Optional<List<String>> allowedTargets();

  /**
   * Whole CPUs of a runner whose test names no resources, as request and limit. 0 asks for little
   * and sets no limit: for a cluster to try things out in, whose nodes have no whole CPU free.
   */
  @WithDefault("1")
  int runnerCpus();

  /** DNS domain of the cluster. */
  @WithDefault("cluster.local")
  String clusterDomain();

  /** Namespace that the operator runs in; its pods may call coordinators. */
  @WithDefault("squall-system")
  String namespace();

  /** Namespaces whose pods (Prometheus) may read the metrics of runners and coordinators. */
  @WithDefault("monitoring")
  List<String> scrapeNamespaces();

  /** Name of the Secret that holds the operator's key, in the operator's namespace. */
  @WithDefault("squall-operator-key")
  String keySecret();

  /** File that the Secret's key is mounted at; the operator never reads the Secret itself. */
  @WithDefault("/etc/squall-operator/key")
  Path keyFile();

  /** How often a run's coordinator is asked for its summary. */
  @WithDefault("1s")
  Duration pollInterval();

  /** Whether several operators elect one by a Lease; off where only one runs. */
  @WithDefault("false")
  boolean leaderElection();
}
