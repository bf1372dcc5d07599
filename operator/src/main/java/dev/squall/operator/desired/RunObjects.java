package dev.squall.operator.desired;

import dev.squall.api.v1alpha1.LoadTestSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** Everything that a run needs in the cluster. */
public final class RunObjects {
  private RunObjects() {}

  /**
   * All objects of a run in the order of their creation. The coordinator comes last: no load starts
   * without it, so a creation that was broken off can be taken up again without harm.
   *
   * @param token the run's token
   * @throws IllegalArgumentException if a template of the test has no pod template's shape
   */
  public static List<HasMetadata> inOrder(
      RunIdentity run, LoadTestSpec test, ClusterSettings settings, String token) {
    return List.of(
        PlanConfigMap.of(run, test, settings),
        TokenSecret.of(run, token),
        RunNetworkPolicy.of(run, settings),
        RunServices.runners(run),
        RunServices.coordinator(run),
        RunnerJob.of(run, test, settings),
        CoordinatorJob.of(run, test, settings));
  }

  /**
   * The two Jobs, templates merged: what a dry run shows to the API server.
   *
   * @throws IllegalArgumentException if a template of the test has no pod template's shape
   */
  public static List<Job> jobs(RunIdentity run, LoadTestSpec test, ClusterSettings settings) {
    return List.of(RunnerJob.of(run, test, settings), CoordinatorJob.of(run, test, settings));
  }
}
