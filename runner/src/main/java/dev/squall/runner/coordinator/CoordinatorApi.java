package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.wire.PodContract;
import dev.squall.api.wire.Summary;
import dev.squall.runner.control.Exchange;
import dev.squall.runner.control.HttpService;
import dev.squall.runner.control.HttpService.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator answers over HTTP: summary, stop and files with the run's token, probes and
 * metrics without. The live page itself holds no data and is for anyone; its data is for those with
 * the token and for clients in the same pod, which is where {@code kubectl port-forward} comes
 * from: the API server has then decided who may.
 */
public final class CoordinatorApi {
  private static final String PAGE = "/";
  private static final String LIVE_PATH = "/v1/live";
  private static final String AFTER = "after";

  private final Supplier<Summary> summary;
  private final IntFunction<List<LivePoint>> pointsAfter;
  private final Supplier<Optional<SearchNow>> search;
  private final Path files;
  private final CountDownLatch fetched = new CountDownLatch(1);

  private CoordinatorApi(
      Supplier<Summary> summary,
      IntFunction<List<LivePoint>> pointsAfter,
      Supplier<Optional<SearchNow>> search,
      Path files) {
    this.summary = summary;
    this.pointsAfter = pointsAfter;
    this.search = search;
    this.files = files;
  }

  /**
   * Adds a coordinator's routes to a server.
   *
   * @param stop ends the load; true if at once
   * @param files folder of the result files
   * @param metrics the text of {@code /metrics}
   */
  public static CoordinatorApi serve(
      HttpService http,
      Supplier<Summary> summary,
      IntFunction<List<LivePoint>> pointsAfter,
      Supplier<Optional<SearchNow>> search,
      Consumer<Boolean> stop,
      Path files,
      Supplier<byte[]> metrics) {
    CoordinatorApi api = new CoordinatorApi(summary, pointsAfter, search, files);
    http.route("GET", PodContract.HEALTH_PATH, Access.Anyone, e -> e.text(200, "ok"))
        .route(
            "GET",
            PodContract.METRICS_PATH,
            Access.Anyone,
            e -> e.answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()))
        .route("GET", PodContract.SUMMARY_PATH, Access.Token, api::summary)
        .route(
            "POST",
            PodContract.STOP_PATH,
            Access.Token,
            e -> {
              stop.accept(e.query("now").filter("true"::equals).isPresent());
              e.text(200, "the load ends on all runners");
            })
        .route("GET", PodContract.FILES_PATH, Access.TokenOrLoopback, api::file)
        .route("GET", LIVE_PATH, Access.TokenOrLoopback, api::live)
        .route("GET", PAGE, Access.Anyone, e -> LivePage.html(e))
        .route("GET", LivePage.ASSETS_PATH, Access.Anyone, LivePage::asset);
    return api;
  }

  /** Waits until someone has fetched the completed summary; false if nobody did in time. */
  public boolean awaitFetched(Duration atMost) throws InterruptedException {
    return fetched.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void summary(Exchange exchange) throws IOException {
    Summary now = summary.get();
    exchange.json(200, now);
    if (now.phase() == RunPhase.Completed) {
      fetched.countDown();
    }
  }

  private void live(Exchange exchange) throws IOException {
    int after;
    try {
      after = Integer.parseInt(exchange.query(AFTER).orElse("-1"));
    } catch (NumberFormatException e) {
      exchange.text(400, "after: a number of seconds");
      return;
    }
    // The points first: the summary is then at least as new as they are.
    List<LivePoint> points = pointsAfter.apply(after);
    Summary now = summary.get();
    exchange.json(200, new Live(now, points, search.get().orElse(null), answer(now)));
  }

  private static @Nullable String answer(Summary summary) {
    return Optional.ofNullable(summary.capacity()).flatMap(CapacityAnswer::of).orElse(null);
  }

  private void file(Exchange exchange) throws IOException {
    String name = exchange.path().substring(PodContract.FILES_PATH.length());
    if (name.isEmpty()) {
      exchange.json(200, names());
    } else if (names().contains(name)) {
      exchange.file(files.resolve(name), LivePage.contentType(name));
    } else {
      exchange.text(404, "there is no file " + name + " (yet); see " + PodContract.FILES_PATH);
    }
  }

  private List<String> names() throws IOException {
    if (!Files.isDirectory(files)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(files)) {
      return all.filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /**
   * What the live page asks for.
   *
   * @param search where the run's search stands, null without one
   * @param answer the capacity in words, null while there is none
   */
  record Live(
      Summary summary,
      List<LivePoint> points,
      @Nullable SearchNow search,
      @Nullable String answer) {}
}
