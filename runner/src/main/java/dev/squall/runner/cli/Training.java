package dev.squall.runner.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.PodContract;
import dev.squall.runner.control.HttpService;
import dev.squall.runner.control.LocalRunnerLink;
import dev.squall.runner.control.PodMetrics;
import dev.squall.runner.control.RunnerApi;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerSession;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.engine.Engine;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.engine.Share;
import dev.squall.runner.plan.CompiledPlan;
import dev.squall.runner.plan.PlanCompiler;
import dev.squall.runner.plan.PlanReader;
import dev.squall.runner.plan.Sources;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.rehearsal.Rehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * {@code squall run --train}: a runner pod's way from its plan to its last snapshot, over loopback,
 * so that the image's AOT cache holds the classes that its start needs. What only a coordinator
 * uses (its HTTP client with TLS, S3) is left out: it would double the cache, for half a second of
 * a start that nothing is timed by.
 */
final class Training {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String TOKEN = "training";
  private static final Duration LEAD = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Training() {}

  static int run(PrintWriter out) throws IOException, InterruptedException {
    HttpServer target = HttpServer.create(ANY_PORT, 0);
    target.createContext("/", Training::answer);
    target.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    target.start();
    Path work = Files.createTempDirectory("squall-training-");
    try {
      long requests = run(plan("http://127.0.0.1:" + target.getAddress().getPort(), work), work);
      out.println("trained by %d requests".formatted(requests));
      return (requests == 0 ? ExitCode.INCONCLUSIVE : ExitCode.PASSED).code();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the training's load did not end", e);
    } finally {
      target.stop(0);
    }
  }

  private static long run(Plan plan, Path work)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    CompiledPlan compiled = PlanCompiler.compile(plan, new Sources.Named(Map.of(), Map.of()));
    try (RunnerSession session = new RunnerSession(work, System::nanoTime);
        PodMetrics metrics = new PodMetrics(plan).runner(session);
        HttpService http = new HttpService(ANY_PORT, TOKEN)) {
      RunnerApi.serve(http, session, metrics::text);
      http.start();
      var _ =
          SecondsRehearsal.ofRunner(
              Rehearsal.run(compiled.workload(), EngineOptions.defaults()), work);
      session.ready(
          Engine.create(compiled.workload(), Share.whole(), EngineOptions.defaults()),
          compiled.datasets());
      ask(http, "/v1/clock");
      RunnerLink link = new LocalRunnerLink("runner-0", session);
      link.start(new StartOrder(link.clock() + LEAD.toNanos(), System.currentTimeMillis()));
      session.ended().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      ask(http, "/v1/snapshots?from=1");
      ask(http, PodContract.METRICS_PATH);
      long requests =
          link.pull(1, Integer.MAX_VALUE).seconds().stream()
              .flatMap(second -> second.snapshot().series().stream())
              .mapToLong(SeriesSnapshot::requests)
              .sum();
      link.stored();
      return requests;
    }
  }

  private static void ask(HttpService http, String path) throws IOException {
    URLConnection call =
        URI.create("http://127.0.0.1:" + http.port() + path).toURL().openConnection();
    call.setRequestProperty("Authorization", "Bearer " + TOKEN);
    try (InputStream answer = call.getInputStream()) {
      answer.transferTo(OutputStream.nullOutputStream());
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
    return PlanReader.read(work).withTargetUrl(target);
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
