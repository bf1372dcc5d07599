package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.squall.api.check.Checked;
import dev.squall.api.check.Manifests;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.Summary;
import dev.squall.runner.plan.Sources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep over batch sizes against a target that counts the records it is sent. */
class BatchSweepIT {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  /** Requests by their number of records. */
  private final ConcurrentSkipListMap<Integer, LongAdder> seen = new ConcurrentSkipListMap<>();

  private void answer(HttpExchange exchange) throws IOException {
    int records = JSON.readTree(exchange.getRequestBody().readAllBytes()).path("instances").size();
    LongAdder requests = seen.computeIfAbsent(records, size -> new LongAdder());
    requests.increment();
    exchange.sendResponseHeaders(requests.sum() % 2 == 0 ? 500 : 200, -1);
    exchange.close();
  }

  private Summary run(String url) throws IOException, InterruptedException {
    String text =
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: batches, namespace: shop}
        spec:
          target: {url: '%s'}
          loads: [{name: all, arrivals: {rate: 40, maxInFlight: 40}, duration: 1s, gracefulStop: 1s}]
          scenarios: [{name: all, tasks: [{name: score, request: {method: POST, path: /, json: {payload: body}}}]}]
          payloads:
            - {name: body, fields: {instances: {payload: rows}}}
            - {name: rows, batch: {size: 2}, fields: {age: {integer: {min: 29, max: 77}}}}
          sweep: {batchSizes: [1, 8], settle: 1s, window: 1s, windows: 3, percentile: 50, tolerance: 1}
        """
            .formatted(url);
    Plan plan =
        switch (Manifests.check(text).getFirst()) {
          case Checked.Accepted(var manifest) ->
              new Plan("shop", "batches", "batches-1", "uid", 2, url, manifest.spec());
          case Checked.Refused(var name, var problems) ->
              throw new IllegalArgumentException(name + ": " + problems);
        };
    try (LocalRun run =
        new LocalRun(plan, Sources.ofPod(), folder.resolve("out"), folder.resolve("work"))) {
      return run.run();
    }
  }

  @Test
  void aRowForEachSizeSaysHowManyRecordsASecondWereAnswered() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.createContext("/", this::answer);
    server.start();
    try {
      Summary summary = run("http://127.0.0.1:" + server.getAddress().getPort());
      assertThat(seen).containsOnlyKeys(1, 8);
      assertThat(seen.values().stream().mapToLong(LongAdder::sum).sum())
          .isEqualTo(summary.requests() + summary.interrupted());
      assertThat(summary.sweep()).extracting(LevelResult::milliLevel).containsExactly(1000L, 8000L);
      for (LevelResult row : summary.sweep()) {
        // Every second request fails, whose records are not answered.
        double share = 1 - row.failuresPerMillion() / 1e6;
        assertThat(share).isBetween(0.45, 0.55);
        long records = Objects.requireNonNull(row.milliRecordsPerSecond());
        assertThat(records / (double) row.milliRequestsPerSecond())
            .isCloseTo(share * row.milliLevel() / 1000, within(0.001));
        assertThat(records).isPositive();
      }
      List<String> table = LevelTable.of(summary, Optional.empty());
      assertThat(table.get(1)).contains("Batch size").contains("Records/s");
    } finally {
      server.stop(0);
    }
  }
}
