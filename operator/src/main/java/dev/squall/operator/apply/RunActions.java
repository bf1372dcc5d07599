package dev.squall.operator.apply;

import dev.squall.api.resource.LoadTest;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.operator.accept.Refusal;
import dev.squall.operator.desired.ClusterSettings;
import dev.squall.operator.desired.NewRun;
import dev.squall.operator.desired.RunIdentity;
import dev.squall.operator.desired.RunObjects;
import dev.squall.operator.lifecycle.Decision;
import dev.squall.operator.lifecycle.OwnVerdict;
import dev.squall.operator.observe.SummarySource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Carries out what was decided about a run. */
public final class RunActions {
  private final KubernetesClient client;
  private final ClusterSettings settings;
  private final SummarySource summaries;
  private final Ending ending;
  private final Function<String, Optional<String>> tokenOfRun;

  /**
   * @param tokenOfRun the token of the run of a UID, empty while the operator's key is not known
   */
  public RunActions(
      KubernetesClient client,
      ClusterSettings settings,
      SummarySource summaries,
      Ending ending,
      Function<String, Optional<String>> tokenOfRun) {
    this.client = client;
    this.settings = settings;
    this.summaries = summaries;
    this.ending = ending;
    this.tokenOfRun = tokenOfRun;
  }

  /**
   * Carries the decision out, as far as it is more than a report.
   *
   * @return why the run's objects could not be created; empty if they are, or nothing was to be
   */
  public Optional<Refusal> carryOut(Decision decision, LoadTestRun run) {
    switch (decision) {
      case Decision.Freeze() -> freeze(run);
      case Decision.Create() -> {
        return create(run);
      }
      case Decision.GiveUp(OwnVerdict verdict, String _) -> {
        ending.stopLoad(run, summaries.coordinator(run));
        if (verdict == OwnVerdict.LoadTestDeleted) {
          // Not after the report as with the others: the run itself is about to go too.
          ending.deleteJobs(run);
        }
      }
      case Decision.EndPods() -> ending.deleteJobs(run);
      case Decision.AwaitLoadTest _,
          Decision.Refuse _,
          Decision.AwaitTurn _,
          Decision.Accept _,
          Decision.Follow _,
          Decision.Conclude _,
          Decision.ConcludeFromLastWord _,
          Decision.Rest _ -> {}
    }
    return Optional.empty();
  }

  private void freeze(LoadTestRun run) {
    LoadTest test =
        client
            .resources(LoadTest.class)
            .inNamespace(run.getMetadata().getNamespace())
            .withName(run.getSpec().loadTest())
            .get();
    if (test != null) {
      client.resource(NewRun.frozen(run, test)).update();
    }
  }

  private Optional<Refusal> create(LoadTestRun run) {
    LoadTestSpec test = Objects.requireNonNull(run.getSpec().test(), "a run is frozen before");
    Optional<String> token = tokenOfRun.apply(run.getMetadata().getUid());
    if (token.isEmpty()) {
      return Optional.of(
          Refusal.passing(
              "OperatorKeyPending",
              "the operator's key Secret exists and is not mounted into the operator yet; that takes up to two minutes after the operator's first start"));
    }
    try {
      return new Creation(client)
          .createAll(RunObjects.inOrder(identity(run), test, settings, token.get()));
    } catch (IllegalArgumentException e) {
      return Optional.of(Refusal.certain("TemplateInvalid", String.valueOf(e.getMessage())));
    }
  }

  private static RunIdentity identity(LoadTestRun run) {
    return new RunIdentity(
        run.getMetadata().getNamespace(),
        run.getSpec().loadTest(),
        run.getMetadata().getName(),
        run.getMetadata().getUid());
  }
}
