package dev.squall.operator.observe;

import dev.squall.api.resource.LoadTest;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestStatus;
import dev.squall.operator.accept.Acceptance;
import dev.squall.operator.accept.Refusal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads everything about one LoadTest. */
public final class TestObserver {
  private final Cluster cluster;
  private final Acceptance acceptance;

  /** Reads through this client. */
  public TestObserver(KubernetesClient client, Acceptance acceptance) {
    this.cluster = new Cluster(client);
    this.acceptance = acceptance;
  }

  /**
   * Everything about the LoadTest, now.
   *
   * @param jobs the Jobs that a run of it would have, for a dry run; throws an {@link
   *     IllegalArgumentException} if a template has no pod template's shape
   */
  public TestObservation observe(
      LoadTest test, Supplier<List<? extends HasMetadata>> jobs, Context<LoadTest> context) {
    Optional<Refusal> refusal =
        acceptance
            .refuse(test.getMetadata().getNamespace(), test.getSpec())
            .or(() -> alreadyAccepted(test) ? Optional.empty() : dryRun(jobs));
    return new TestObservation(
        test.getMetadata().getGeneration(),
        acceptance.contentHash(test.getSpec()),
        refusal,
        runs(test, context));
  }

  private Optional<Refusal> dryRun(Supplier<List<? extends HasMetadata>> jobs) {
    try {
      return jobs.get().stream()
          .flatMap(job -> cluster.dryRun(job).stream())
          .findFirst()
          .map(
              words ->
                  Refusal.certain(
                      "TemplateInvalid",
                      "the API server refuses the pods that spec.runners and spec.coordinator (resources, template) ask for: "
                          + words));
    } catch (IllegalArgumentException e) {
      return Optional.of(Refusal.certain("TemplateInvalid", String.valueOf(e.getMessage())));
    }
  }

  /** A dry run's answer does not change with the generation: it is asked for once. */
  private static boolean alreadyAccepted(LoadTest test) {
    LoadTestStatus status = test.getStatus();
    return status != null
        && status.conditions().stream()
            .anyMatch(
                c ->
                    c.type().equals("Accepted")
                        && c.status().equals("True")
                        && test.getMetadata().getGeneration().equals(c.observedGeneration()));
  }

  private List<RunSeen> runs(LoadTest test, Context<LoadTest> context) {
    List<LoadTestRun> newestFirst =
        context.getSecondaryResources(LoadTestRun.class).stream()
            .filter(run -> !run.isMarkedForDeletion() && !ownedByAnother(run, test))
            .sorted(
                Comparator.<LoadTestRun, String>comparing(
                        r -> r.getMetadata().getCreationTimestamp())
                    .thenComparing(r -> r.getMetadata().getName())
                    .reversed())
            .toList();
    List<RunSeen> seen = new ArrayList<>();
    for (LoadTestRun run : newestFirst) {
      // Only the newest run's content is ever looked at, and hashing is not free.
      seen.add(seen(run, seen.isEmpty() ? hash(run) : null));
    }
    return seen;
  }

  private @Nullable String hash(LoadTestRun run) {
    return run.getSpec().test() == null ? null : acceptance.contentHash(run.getSpec().test());
  }

  private static RunSeen seen(LoadTestRun run, @Nullable String hash) {
    return new RunSeen(
        run.getMetadata().getName(),
        Instant.parse(run.getMetadata().getCreationTimestamp()),
        hash,
        run.getStatus());
  }

  private static boolean ownedByAnother(LoadTestRun run, LoadTest test) {
    return run.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            o -> o.getKind().equals("LoadTest") && !o.getUid().equals(test.getMetadata().getUid()));
  }
}
