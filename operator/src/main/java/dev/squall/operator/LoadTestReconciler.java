package dev.squall.operator;

import dev.squall.api.resource.LoadTest;
import dev.squall.operator.accept.Acceptance;
import dev.squall.operator.apply.TestActions;
import dev.squall.operator.desired.ClusterSettings;
import dev.squall.operator.desired.Names;
import dev.squall.operator.desired.RunIdentity;
import dev.squall.operator.desired.RunObjects;
import dev.squall.operator.lifecycle.TestDecision;
import dev.squall.operator.lifecycle.TestLifecycle;
import dev.squall.operator.observe.Sources;
import dev.squall.operator.observe.TestObservation;
import dev.squall.operator.observe.TestObserver;
import dev.squall.operator.status.TestReporter;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks after a LoadTest: whether it may be run, when it runs, and what its runs said. */
@ControllerConfiguration(
    name = "loadtest",
    fieldManager = "squall-operator",
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 500, intervalMultiplier = 2, maxInterval = 30_000)
public final class LoadTestReconciler implements Reconciler<LoadTest> {
  private final TestObserver observer;
  private final TestActions actions;
  private final TestReporter reporter;
  private final ClusterSettings settings;
  private final Meters meters;

  LoadTestReconciler(
      KubernetesClient client,
      Clock clock,
      Acceptance acceptance,
      ClusterSettings settings,
      Meters meters) {
    this.observer = new TestObserver(client, acceptance);
    this.actions = new TestActions(client);
    this.reporter = new TestReporter(client, clock);
    this.settings = settings;
    this.meters = meters;
  }

  @Override
  public UpdateControl<LoadTest> reconcile(LoadTest test, Context<LoadTest> context) {
    return meters.timed(
        "LoadTest",
        () -> {
          TestObservation seen = observer.observe(test, () -> jobs(test), context);
          TestDecision decision = TestLifecycle.decide(TestReporter.statusOf(test), seen);
          List<String> excess = TestLifecycle.excess(test.getSpec(), seen.runs());
          actions.carryOut(decision, test, excess, context);
          return reporter.report(test, decision, seen, nextRun(test));
        });
  }

  @Override
  public List<EventSource<?, LoadTest>> prepareEventSources(EventSourceContext<LoadTest> context) {
    return Sources.ofLoadTest(context);
  }

  private List<Job> jobs(LoadTest test) {
    RunIdentity identity =
        new RunIdentity(
            test.getMetadata().getNamespace(),
            test.getMetadata().getName(),
            nextRun(test),
            test.getMetadata().getUid());
    return RunObjects.jobs(identity, test.getSpec(), settings);
  }

  private static String nextRun(LoadTest test) {
    return Names.run(
        test.getMetadata().getName(),
        test.getMetadata().getUid(),
        test.getMetadata().getGeneration());
  }
}
