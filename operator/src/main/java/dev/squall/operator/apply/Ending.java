package dev.squall.operator.apply;

import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.operator.desired.Names;
import dev.squall.operator.observe.CoordinatorClient;
import dev.squall.operator.observe.CoordinatorClient.Coordinator;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends a run's load and its pods. Deletion of a run needs none of it, owner references do; this is
 * what makes the load end within 2 s rather than when the garbage collector comes by.
 */
public final class Ending {
  private static final Logger LOG = Logger.getLogger(Ending.class);

  private final KubernetesClient client;
  private final CoordinatorClient coordinators;

  /** Ends through these clients. */
  public Ending(KubernetesClient client, CoordinatorClient coordinators) {
    this.client = client;
    this.coordinators = coordinators;
  }

  /** Tells the coordinator to end the load at once. Returns at once; a failure is logged. */
  void stopLoad(LoadTestRun run, Optional<Coordinator> followed) {
    followed.ifPresent(
        coordinator -> {
          var _ =
              coordinators
                  .stop(coordinator)
                  .whenComplete(
                      (status, failure) -> {
                        if (failure != null || status >= 300) {
                          LOG.warnf(
                              "run %s/%s: its coordinator could not be told to stop (%s); its pods are ended instead",
                              run.getMetadata().getNamespace(),
                              run.getMetadata().getName(),
                              failure == null ? "HTTP " + status : failure.getMessage());
                        }
                      });
        });
  }

  /** Deletes the run's Jobs, and with them their pods. */
  void deleteJobs(LoadTestRun run) {
    String name = run.getMetadata().getName();
    deleteJob(run, Names.runnerJob(name));
    deleteJob(run, Names.coordinatorJob(name));
  }

  /** Ends everything of a run that is deleted while its load may be under way. Returns at once. */
  public void runDeleted(LoadTestRun run, Optional<Coordinator> coordinator) {
    RunPhase phase = run.getStatus() == null ? null : run.getStatus().phase();
    if (phase == null || phase == RunPhase.Completed) {
      return;
    }
    stopLoad(run, coordinator);
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    deleteJobs(run);
                  } catch (KubernetesClientException e) {
                    LOG.warnf(
                        "run %s/%s was deleted; its Jobs could not be deleted at once, the garbage collector does it: %s",
                        run.getMetadata().getNamespace(), name(run), e.getMessage());
                  }
                });
  }

  private void deleteJob(LoadTestRun run, String job) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(run.getMetadata().getNamespace())
        .withName(job)
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
  }

  private static String name(LoadTestRun run) {
    return run.getMetadata().getName();
  }
}
