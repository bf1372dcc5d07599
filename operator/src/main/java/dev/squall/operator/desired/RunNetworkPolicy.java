package dev.squall.operator.desired;

import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who may reach a run's pods, on their one port: the run's coordinator, the operator, and
 * Prometheus (every pod of the scrape namespaces). Nobody else, not even the rest of the namespace;
 * people reach the live page with {@code kubectl port-forward}, which no NetworkPolicy stops. Only
 * ingress is limited: the load itself goes wherever the target is.
 */
final class RunNetworkPolicy {
  private static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

  private RunNetworkPolicy() {}

  static NetworkPolicy of(RunIdentity run, ClusterSettings settings) {
    return new NetworkPolicyBuilder()
        .withMetadata(run.metadata(Names.networkPolicy(run.run()), Labels.of(run)))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(Map.of(PodContract.RUN_LABEL, run.run()))
        .endPodSelector()
        .withPolicyTypes("Ingress")
        .addNewIngress()
        .withFrom(callers(run, settings))
        .addNewPort()
        .withProtocol("TCP")
        .withPort(new IntOrString(PodContract.PORT_NAME))
        .endPort()
        .endIngress()
        .endSpec()
        .build();
  }

  private static List<NetworkPolicyPeer> callers(RunIdentity run, ClusterSettings settings) {
    List<NetworkPolicyPeer> callers = new ArrayList<>();
    callers.add(
        new NetworkPolicyPeerBuilder()
            .withPodSelector(
                new LabelSelectorBuilder()
                    .withMatchLabels(Labels.selector(run, PodContract.COORDINATOR))
                    .build())
            .build());
    callers.add(
        namespace(settings.operatorNamespace())
            .withPodSelector(
                new LabelSelectorBuilder()
                    .withMatchLabels(Map.of("app.kubernetes.io/name", "squall-operator"))
                    .build())
            .build());
    settings.scrapeNamespaces().forEach(name -> callers.add(namespace(name).build()));
    return callers;
  }

  private static NetworkPolicyPeerBuilder namespace(String name) {
    return new NetworkPolicyPeerBuilder()
        .withNamespaceSelector(
            new LabelSelectorBuilder().withMatchLabels(Map.of(NAMESPACE_LABEL, name)).build());
  }
}
