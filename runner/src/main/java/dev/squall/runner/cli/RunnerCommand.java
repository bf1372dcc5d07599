package dev.squall.runner.cli;

import dev.squall.api.wire.Plan;
import dev.squall.api.wire.PodContract;
import dev.squall.runner.control.HttpService;
import dev.squall.runner.control.PodMetrics;
import dev.squall.runner.control.RunnerApi;
import dev.squall.runner.control.RunnerSession;
import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.plan.PlanException;
import dev.squall.runner.plan.PlanReader;
import dev.squall.runner.plan.Sources;
import dev.squall.runner.rehearsal.Rehearsal;
import dev.squall.runner.vitals.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code squall runner}: a pod that sends its share of a run's load. */
@Command(
    name = PodContract.RUNNER,
    description = "A runner pod of a run; the operator starts it.",
    mixinStandardHelpOptions = true)
final class RunnerCommand implements Callable<Integer> {
  /**
   * How long a runner waits for a coordinator that never speaks, before the start or at the end.
   */
  private static final Duration PATIENCE = Duration.ofHours(1);

  /** How long a runner that is told to end lets its coordinator take the last snapshots. */
  private static final Duration LAST_PULL = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(RunnerCommand.class);

  @Override
  public Integer call() throws IOException, InterruptedException {
    PodFiles pod = PodFiles.ofEnvironment();
    RunnerSession session = new RunnerSession(pod.work(), System::nanoTime);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> told(session), "sigterm"));
    AtomicReference<@Nullable PodMetrics> metrics = new AtomicReference<>();
    try (HttpService http = new HttpService(pod.listen(), pod.readToken())) {
      // It listens first: reading a plan loads most of what takes long to load.
      RunnerApi.serve(http, session, () -> text(metrics.get()));
      http.start();
      Plan plan = PlanReader.read(pod.plan());
      int index = index(plan);
      try (PodMetrics ofRun = new PodMetrics(plan).runner(session)) {
        metrics.set(ofRun);
        prepare(session, plan, index, pod.work());
        if (await(session)) {
          LOG.info("the results are stored; this runner's work is done");
        } else {
          LOG.error("no coordinator spoke to this runner for {}; it ends", PATIENCE);
        }
      }
    }
    session.close();
    return ExitCode.PASSED.code();
  }

  /** What a scrape gets: nothing before the plan is read, since it names the run. */
  private static byte[] text(@Nullable PodMetrics metrics) {
    return metrics == null ? new byte[0] : metrics.text();
  }

  private static void prepare(RunnerSession session, Plan plan, int index, Path work)
      throws IOException, InterruptedException {
    try {
      Prepared prepared = Prepared.of(plan, Sources.ofPod());
      EngineOptions options =
          EngineOptions.defaults()
              .withEventLoops(Machine.here().eventLoops())
              .withTransport(PodFiles.transport())
              .withVersion(Version.text())
              .withTraceHeaders(
                  PodFiles.variable(PodContract.TRACE_HEADERS_VARIABLE)
                      .map(Boolean::parseBoolean)
                      .orElse(false));
      Rehearsal.Rehearsed rehearsed = Rehearsal.run(prepared.compiled().workload(), options);
      var _ = SecondsRehearsal.ofRunner(rehearsed, work);
      prepared.ready(session, index, options);
      LOG.info("runner {} of {} has its plan ready", index, plan.runners());
    } catch (PlanException e) {
      session.broke(new Fault("PlanInvalid", String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.error("the engine could not be made", e);
      session.broke(Fault.ofRunner("the runner could not prepare: " + e));
    }
  }

  private static boolean await(RunnerSession session) throws InterruptedException {
    Duration step = Duration.ofSeconds(10);
    while (!session.awaitStored(step)) {
      boolean running = session.state().phase() == Phase.Running;
      long silent = System.nanoTime() - session.lastHeardNanos();
      if (!running && silent > PATIENCE.toNanos()) {
        return false;
      }
    }
    return true;
  }

  /** The pod is to end: so does the load, at once; a coordinator may still take what there is. */
  private static void told(RunnerSession session) {
    Phase phase = session.state().phase();
    if (phase == Phase.Running) {
      session.broke(
          new Fault(
              "RunnerTerminated",
              "the runner's pod was told to end while its load ran; see the pod's events for why"));
    }
    session.stop(true);
    if (phase != Phase.Running && phase != Phase.Ended) {
      return;
    }
    long deadline = System.nanoTime() + LAST_PULL.toNanos();
    try {
      session.ended().get(LAST_PULL.toMillis(), TimeUnit.MILLISECONDS);
      while (!session.allPulled() && System.nanoTime() < deadline) {
        session.awaitStored(Duration.ofMillis(50));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.error("the load did not end in time", e);
    }
  }

  private static int index(Plan plan) {
    String text =
        PodFiles.variable(PodContract.INDEX_VARIABLE)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        PodContract.INDEX_VARIABLE
                            + " is not set; a runner is started by an Indexed Job"));
    try {
      int index = Integer.parseInt(text);
      if (index >= 0 && index < plan.runners()) {
        return index;
      }
    } catch (NumberFormatException e) {
      LOG.debug("not a number", e);
    }
    throw new InvalidInputException(
        "%s is %s; it must be 0 to %d"
            .formatted(PodContract.INDEX_VARIABLE, text, plan.runners() - 1));
  }
}
