package dev.squall.operator.desired;

import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** The Services of a run. */
final class RunServices {
  private RunServices() {}

  /**
   * Headless, so that the host of each runner resolves to its pod; published before the pods are
   * ready, since the coordinator measures clocks before.
   */
  static Service runners(RunIdentity run) {
    return service(run, Names.runnerService(run.run()), PodContract.RUNNER)
        .editSpec()
        .withClusterIP("None")
        .withPublishNotReadyAddresses(true)
        .endSpec()
        .build();
  }

  /** The coordinator's: live page, summary, files, metrics. */
  static Service coordinator(RunIdentity run) {
    return service(run, Names.coordinatorService(run.run()), PodContract.COORDINATOR).build();
  }

  private static ServiceBuilder service(RunIdentity run, String name, String role) {
    return new ServiceBuilder()
        .withMetadata(run.metadata(name, Labels.of(run, role)))
        .withNewSpec()
        .withSelector(Labels.selector(run, role))
        .addNewPort()
        .withName(PodContract.PORT_NAME)
        .withPort(PodContract.PORT)
        .withTargetPort(new IntOrString(PodContract.PORT_NAME))
        .endPort()
        .endSpec();
  }
}
