package dev.squall.operator;

import dev.squall.api.resource.LoadTestRun;
import dev.squall.operator.accept.Acceptance;
import dev.squall.operator.accept.Refusal;
import dev.squall.operator.apply.Ending;
import dev.squall.operator.apply.RunActions;
import dev.squall.operator.desired.ClusterSettings;
import dev.squall.operator.desired.Names;
import dev.squall.operator.lifecycle.Decision;
import dev.squall.operator.lifecycle.RunLifecycle;
import dev.squall.operator.observe.CoordinatorClient;
import dev.squall.operator.observe.RunObservation;
import dev.squall.operator.observe.RunObserver;
import dev.squall.operator.observe.RunObserver.JobNames;
import dev.squall.operator.observe.Sources;
import dev.squall.operator.observe.SummarySource;
import dev.squall.operator.status.RunReporter;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks after one run, from its objects to its verdict. */
@ControllerConfiguration(
    name = "loadtestrun",
    fieldManager = "squall-operator",
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 500, intervalMultiplier = 2, maxInterval = 10_000)
public final class LoadTestRunReconciler implements Reconciler<LoadTestRun> {
  private final SummarySource summaries;
  private final RunObserver observer;
  private final RunActions actions;
  private final RunReporter reporter;
  private final Meters meters;

  LoadTestRunReconciler(
      KubernetesClient client,
      Clock clock,
      Settings settings,
      Acceptance acceptance,
      ClusterSettings cluster,
      CoordinatorClient coordinators,
      OperatorKey key,
      Meters meters) {
    Ending ending = new Ending(client, coordinators);
    this.summaries = new SummarySource(coordinators, settings.pollInterval(), ending::runDeleted);
    this.observer = new RunObserver(client, clock, acceptance, summaries, key::token);
    this.actions = new RunActions(client, cluster, summaries, ending, key::token);
    this.reporter = new RunReporter(client);
    this.meters = meters;
  }

  @Override
  public UpdateControl<LoadTestRun> reconcile(LoadTestRun run, Context<LoadTestRun> context) {
    return meters.timed(
        "LoadTestRun",
        () -> {
          RunObservation seen = observer.observe(run, jobNames(run), context);
          Decision decision = RunLifecycle.decide(run.getSpec(), RunReporter.statusOf(run), seen);
          Optional<Refusal> refused = actions.carryOut(decision, run);
          return reporter.report(run, decision, refused, seen);
        });
  }

  @Override
  public List<EventSource<?, LoadTestRun>> prepareEventSources(
      EventSourceContext<LoadTestRun> context) {
    meters.countRuns(() -> context.getPrimaryCache().list());
    return Sources.ofRun(context, summaries);
  }

  private static JobNames jobNames(LoadTestRun run) {
    String name = run.getMetadata().getName();
    return new JobNames(Names.runnerJob(name), Names.coordinatorJob(name));
  }
}
