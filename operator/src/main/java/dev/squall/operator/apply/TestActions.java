package dev.squall.operator.apply;

import dev.squall.api.resource.LoadTest;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.operator.desired.NewRun;
import dev.squall.operator.lifecycle.TestDecision;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.List;

/** Carries out what was decided about a LoadTest. */
public final class TestActions {
  private final KubernetesClient client;

  /** Acts through this client. */
  public TestActions(KubernetesClient client) {
    this.client = client;
  }

  /** Carries the decision out, and deletes the runs beyond the history limits. */
  public void carryOut(
      TestDecision decision, LoadTest test, List<String> excessRuns, Context<LoadTest> context) {
    switch (decision) {
      case TestDecision.Start() -> start(test, context);
      case TestDecision.Refuse _, TestDecision.Wait _, TestDecision.Rest _ -> {}
    }
    excessRuns.forEach(run -> delete(test.getMetadata().getNamespace(), run));
  }

  /**
   * The name says which run it is, so a second creation of the same run is refused and done. The
   * context's own creation puts the run into the cache at once.
   */
  private static void start(LoadTest test, Context<LoadTest> context) {
    try {
      context.resourceOperations().create(NewRun.of(test));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private void delete(String namespace, String run) {
    client
        .resources(LoadTestRun.class)
        .inNamespace(namespace)
        .withName(run)
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
  }
}
