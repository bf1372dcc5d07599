package dev.squall.runner.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.squall.api.v1alpha1.ResultsVolume;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.PodContract;
import dev.squall.api.wire.Summary;
import dev.squall.runner.control.HttpRunnerLink;
import dev.squall.runner.control.HttpService;
import dev.squall.runner.control.PodMetrics;
import dev.squall.runner.control.RunnerApi;
import dev.squall.runner.control.RunnerSession;
import dev.squall.runner.coordinator.Conclusion;
import dev.squall.runner.coordinator.Coordinator;
import dev.squall.runner.coordinator.CoordinatorApi;
import dev.squall.runner.coordinator.LastWord;
import dev.squall.runner.coordinator.RunClock;
import dev.squall.runner.coordinator.RunMetrics;
import dev.squall.runner.coordinator.RunProgress;
import dev.squall.runner.engine.Engine;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.engine.Share;
import dev.squall.runner.plan.CompiledPlan;
import dev.squall.runner.plan.PlanCompiler;
import dev.squall.runner.plan.PlanReader;
import dev.squall.runner.plan.Sources;
import dev.squall.runner.results.FolderResultStore;
import dev.squall.runner.results.ResultFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * {@code squall run --train}: a short run on loopback that goes the way of both pods, HTTP
 * included, so that the image's AOT cache holds the classes that their start needs. Of the storage
 * a volume takes part: an S3 client would fill a quarter of the cache for a second at a run's end.
 */
final class Training {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private Training() {}

  static int run(PrintWriter out) throws IOException, InterruptedException {
    HttpServer target = HttpServer.create(ANY_PORT, 0);
    target.createContext("/", Training::answer);
    target.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    target.start();
    Path work = Files.createTempDirectory("squall-training-");
    try {
      Summary summary = run(plan("http://127.0.0.1:" + target.getAddress().getPort(), work), work);
      ResultTable.lines(summary).forEach(out::println);
      out.println("trained: %s, %s".formatted(summary.verdict(), summary.stored().state()));
      return (summary.requests() == 0 ? ExitCode.INCONCLUSIVE : ExitCode.PASSED).code();
    } finally {
      target.stop(0);
    }
  }

  private static Summary run(Plan plan, Path work) throws IOException, InterruptedException {
    RunProgress progress = new RunProgress(plan);
    CompiledPlan compiled = PlanCompiler.compile(plan, new Sources.Named(Map.of(), Map.of()));
    try (RunnerSession session = new RunnerSession(work, System::nanoTime);
        PodMetrics metrics = new PodMetrics(plan).runner(session).with(new RunMetrics(progress));
        HttpService runner = new HttpService(ANY_PORT, "training");
        HttpService served = new HttpService(ANY_PORT, "training");
        HttpClient client = HttpRunnerLink.client();
        ResultFiles files = new ResultFiles(work.resolve("results"), plan.loadTest(), true)) {
      RunnerApi.serve(runner, session, metrics::text);
      runner.start();
      session.ready(
          Engine.create(compiled.workload(), Share.whole(), EngineOptions.defaults()),
          compiled.datasets());
      URI pod = URI.create("http://127.0.0.1:" + runner.port());
      try (Coordinator coordinator =
          new Coordinator(
              plan,
              List.of(new HttpRunnerLink("runner-0", pod, "training", client)),
              CoordinatorCommand.probe(plan, client),
              files,
              progress,
              RunClock.system())) {
        CoordinatorApi.serve(
            served,
            progress::summary,
            progress::pointsAfter,
            coordinator::stop,
            files.folder(),
            metrics::text);
        served.start();
        coordinator.run();
        Summary summary =
            new Conclusion(progress, files, Version.text())
                .store(
                    new FolderResultStore(work, new ResultsVolume("training", ""), plan),
                    name -> PodContract.FILES_PATH + name);
        LastWord.leave(summary, work.resolve("last-word"));
        coordinator.confirmStored();
        return summary;
      }
    }
  }

  /** As a pod reads it: the manifest's own check is no part of a pod's start. */
  private static Plan plan(String target, Path work) throws IOException {
    try (InputStream in = Training.class.getResourceAsStream("training-plan.json")) {
      if (in == null) {
        throw new IllegalStateException("the jar holds no training-plan.json");
      }
      Files.copy(in, work.resolve(PodContract.PLAN_KEY));
    }
    Plan plan = PlanReader.read(work);
    return new Plan(
        plan.namespace(),
        plan.loadTest(),
        plan.run(),
        plan.runUid(),
        plan.runners(),
        target,
        plan.test());
  }

  /** The target. */
  private static void answer(HttpExchange http) throws IOException {
    try (http) {
      String asked = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean missing =
          http.getRequestURI().getPath().equals("/predict")
              && Stream.of("age", "oldpeak", "cp").anyMatch(field -> !asked.contains(field));
      byte[] body = "{\"diagnosis\":\"clear\"}\n".getBytes(StandardCharsets.UTF_8);
      http.getResponseHeaders().set("Content-Type", "application/json");
      http.sendResponseHeaders(missing ? 400 : 200, body.length);
      http.getResponseBody().write(body);
    }
  }
}
