package dev.squall.operator.desired;

import dev.squall.api.v1alpha1.Resources;
import java.util.List;
import java.util.Map;

/**
 * What the operator's settings say about the objects of every run.
 *
 * @param image image of runner and coordinator
 * @param imagePullPolicy its pull policy
 * @param imagePullSecrets names of Secrets that it is pulled with
 * @param runnerCpus whole CPUs of a runner whose test names no resources; 0 for no limit
 * @param clusterDomain DNS domain of the cluster, without a dot at the end
 * @param operatorNamespace namespace whose operator pods may call the pods of a run
 * @param scrapeNamespaces namespaces whose pods may read metrics
 */
public record ClusterSettings(
    String image,
    String imagePullPolicy,
    List<String> imagePullSecrets,
    int runnerCpus,
    String clusterDomain,
    String operatorNamespace,
    List<String> scrapeNamespaces) {
  /** Asks little: fits anywhere, with a bound on memory. */
  static final Resources SMALL =
      new Resources(Map.of("cpu", "100m", "memory", "256Mi"), Map.of("memory", "512Mi"));

  /** Checks the CPUs. */
  public ClusterSettings {
    if (runnerCpus < 0) {
      throw new IllegalArgumentException(
          "SQUALL_RUNNER_CPUS is %d; it must be a number of whole CPUs, or 0 for no limit"
              .formatted(runnerCpus));
    }
  }

  /**
   * What a runner gets whose test names no resources. Requests equal limits, in whole CPUs: then
   * each event loop has a CPU that nobody else is promised, and a node with the static CPU manager
   * policy gives it one of its own.
   */
  Resources runnerResources() {
    if (runnerCpus == 0) {
      return SMALL;
    }
    Map<String, String> each = Map.of("cpu", "" + runnerCpus, "memory", "512Mi");
    return new Resources(each, each);
  }

  /** Host name of a Service, absolute: the dot at the end spares the search path. */
  String serviceHost(String service, String namespace) {
    return "%s.%s.svc.%s.".formatted(service, namespace, clusterDomain);
  }
}
