package dev.squall.runner.cli;

import dev.squall.api.wire.Plan;
import dev.squall.api.wire.Summary;
import dev.squall.runner.control.HttpRunnerLink;
import dev.squall.runner.control.LocalRunnerLink;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerSession;
import dev.squall.runner.coordinator.Conclusion;
import dev.squall.runner.coordinator.Coordinator;
import dev.squall.runner.coordinator.RunClock;
import dev.squall.runner.coordinator.RunProgress;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.plan.Sources;
import dev.squall.runner.rehearsal.Rehearsal;
import dev.squall.runner.results.ResultFiles;
import dev.squall.runner.results.TraceFile;
import dev.squall.runner.vitals.Machine;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Coordinator and runners of one run in this JVM: the same code as in the pods, without a network.
 */
final class LocalRun implements AutoCloseable {
  private final RunProgress progress;
  private final ResultFiles files;
  private final HttpClient client = HttpRunnerLink.client();
  private final List<RunnerSession> sessions = new ArrayList<>();
  private final Coordinator coordinator;
  private final @Nullable TraceFile trace;

  /**
   * Prepares everything, sends nothing, and keeps no trace.
   *
   * @param out an empty folder for the result files
   * @param work folder for what is needed until the run is over; the caller's to delete
   * @throws dev.squall.runner.plan.PlanException if the plan cannot be run
   */
  LocalRun(Plan plan, Sources sources, Path out, Path work)
      throws IOException, InterruptedException {
    this(plan, sources, out, work, null);
  }

  /**
   * Prepares everything, sends nothing.
   *
   * @param out an empty folder for the result files
   * @param work folder for what is needed until the run is over; the caller's to delete
   * @param traced file that is to have a record for each request; null for none
   * @throws dev.squall.runner.plan.PlanException if the plan cannot be run
   */
  LocalRun(Plan plan, Sources sources, Path out, Path work, @Nullable Path traced)
      throws IOException, InterruptedException {
    progress = new RunProgress(plan);
    files = new ResultFiles(out, plan.loadTest(), plan.test().results().fullHistory());
    Prepared prepared = Prepared.of(plan, sources);
    EngineOptions options =
        EngineOptions.defaults().withTransport(PodFiles.transport()).withVersion(Version.text());
    int loops = Math.max(1, Machine.here().eventLoops() / plan.runners());
    Rehearsal.Rehearsed rehearsed =
        Rehearsal.run(prepared.compiled().workload(), options.withEventLoops(loops));
    var _ = SecondsRehearsal.ofRun(plan, rehearsed, work);
    trace = traced == null ? null : new TraceFile(traced);
    if (trace != null) {
      options = options.withTraceHeaders(true).withTraces(trace::newTrace);
    }
    List<RunnerLink> links = new ArrayList<>();
    for (int index = 0; index < plan.runners(); index++) {
      String name = "runner-" + index;
      RunnerSession session = new RunnerSession(work.resolve(name), System::nanoTime);
      sessions.add(session);
      prepared.ready(session, index, options.withEventLoops(loops));
      links.add(new LocalRunnerLink(name, session));
    }
    coordinator =
        new Coordinator(
            plan,
            links,
            CoordinatorCommand.probe(plan, client),
            files,
            progress,
            RunClock.system());
  }

  RunProgress progress() {
    return progress;
  }

  /** Ends the load: gracefully, or at once. */
  void stop(boolean now) {
    coordinator.stop(now);
  }

  /** Requests that the trace lacks. */
  long leftOut() {
    return trace == null ? 0 : trace.leftOut();
  }

  boolean stopped() {
    return coordinator.stopped();
  }

  /** Runs to the end; the result files are then all written. */
  Summary run() throws IOException, InterruptedException {
    coordinator.run();
    Summary summary =
        new Conclusion(progress, files, Version.text())
            .keep("in " + files.folder(), name -> files.folder().resolve(name).toUri().toString());
    progress.completed();
    coordinator.confirmStored();
    return summary;
  }

  /** Ends all of it; what cannot be closed keeps nothing else open. */
  @Override
  public void close() throws IOException {
    try (HttpClient _ = client;
        ResultFiles _ = files;
        TraceFile _ = trace) {
      coordinator.close();
      for (RunnerSession session : sessions) {
        session.close();
      }
    }
  }
}
