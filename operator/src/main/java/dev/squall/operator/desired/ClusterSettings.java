package dev.squall.operator.desired;

import java.util.List;

/**
 * What the operator's settings say about the objects of every run.
 *
 * @param image image of runner and coordinator
 * @param imagePullPolicy its pull policy
 * @param imagePullSecrets names of Secrets that it is pulled with
 * @param clusterDomain DNS domain of the cluster, without a dot at the end
 * @param operatorNamespace namespace whose operator pods may call the pods of a run
 * @param scrapeNamespaces namespaces whose pods may read metrics
 */
public record ClusterSettings(
    String image,
    String imagePullPolicy,
    List<String> imagePullSecrets,
    String clusterDomain,
    String operatorNamespace,
    List<String> scrapeNamespaces) {
  /** Host name of a Service, absolute: the dot at the end spares the search path. */
  String serviceHost(String service, String namespace) {
    return "%s.%s.svc.%s.".formatted(service, namespace, clusterDomain);
  }
}
