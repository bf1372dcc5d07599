package dev.squall.operator.observe;

import dev.squall.api.resource.LoadTest;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What wakes a reconciliation besides the resource itself. */
public final class Sources {
  /** Index of the runs by namespace and LoadTest. */
  static final String BY_LOADTEST = "loadtest";

  private Sources() {}

  /** Of a LoadTest: its runs. */
  public static List<EventSource<?, LoadTest>> ofLoadTest(EventSourceContext<LoadTest> context) {
    SecondaryToPrimaryMapper<LoadTestRun> toTest =
        run -> Set.of(new ResourceID(run.getSpec().loadTest(), run.getMetadata().getNamespace()));
    return List.of(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(LoadTestRun.class, LoadTest.class)
                .withName("runs")
                .withSecondaryToPrimaryMapper(toTest)
                .withNamespacesInheritedFromController()
                .build(),
            context));
  }

  /** Of a run: its Jobs, their pods, its LoadTest, and what its coordinator answers. */
  public static List<EventSource<?, LoadTestRun>> ofRun(
      EventSourceContext<LoadTestRun> context, SummarySource summaries) {
    context.getPrimaryCache().addIndexer(BY_LOADTEST, run -> List.of(loadTestKey(run)));
    return List.of(
        labelled("jobs", Job.class, context),
        labelled("pods", Pod.class, context),
        loadTests(context),
        summaries);
  }

  static String loadTestKey(LoadTestRun run) {
    return run.getMetadata().getNamespace() + "/" + run.getSpec().loadTest();
  }

  private static <R extends HasMetadata> EventSource<R, LoadTestRun> labelled(
      String name, Class<R> type, EventSourceContext<LoadTestRun> context) {
    SecondaryToPrimaryMapper<R> toRun =
        object ->
            Set.of(
                new ResourceID(
                    object.getMetadata().getLabels().get(PodContract.RUN_LABEL),
                    object.getMetadata().getNamespace()));
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, LoadTestRun.class)
            .withName(name)
            .withLabelSelector(PodContract.RUN_LABEL)
            .withSecondaryToPrimaryMapper(toRun)
            .withNamespacesInheritedFromController()
            .build(),
        context);
  }

  private static EventSource<LoadTest, LoadTestRun> loadTests(
      EventSourceContext<LoadTestRun> context) {
    SecondaryToPrimaryMapper<LoadTest> toRuns =
        test ->
            context
                .getPrimaryCache()
                .byIndex(
                    BY_LOADTEST,
                    test.getMetadata().getNamespace() + "/" + test.getMetadata().getName())
                .stream()
                .filter(
                    run -> run.getStatus() == null || run.getStatus().phase() != RunPhase.Completed)
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    PrimaryToSecondaryMapper<LoadTestRun> toTest =
        run -> Set.of(new ResourceID(run.getSpec().loadTest(), run.getMetadata().getNamespace()));
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(LoadTest.class, LoadTestRun.class)
            .withName("loadtests")
            .withSecondaryToPrimaryMapper(toRuns)
            .withPrimaryToSecondaryMapper(toTest)
            .withNamespacesInheritedFromController()
            .build(),
        context);
  }
}
