package dev.squall.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.wire.Summary;
import dev.squall.operator.Samples;
import dev.squall.operator.observe.CoordinatorClient.Coordinator;
import io.javaoperatorsdk.operator.processing.event.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SummarySourceIT {
  private static final LoadTestRun RUN =
      Samples.yaml(
          "{metadata: {name: run, namespace: models, uid: uid-1}, spec: {loadTest: heart}}",
          LoadTestRun.class);

  private final AtomicReference<Summary> answer =
      new AtomicReference<>(Seen.summaryOf(RunPhase.Starting, 0, List.of()));
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> deleted = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> stops = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
  private final CoordinatorClient client = new CoordinatorClient();
  private final SummarySource source =
      new SummarySource(
          client,
          Duration.ofMillis(20),
          (run, coordinator) ->
              deleted.add(run.getMetadata().getName() + " " + coordinator.isPresent()));
  private final HttpServer server;

  SummarySourceIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/v1/",
        exchange -> {
          boolean known =
              "Bearer the-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          if (exchange.getRequestMethod().equals("POST")) {
            stops.add(exchange.getRequestURI().getPath() + " " + known);
          }
          if (!known) {
            refusals.add(exchange.getRequestURI().getPath());
          }
          byte[] body = new ObjectMapper().writeValueAsBytes(answer.get());
          exchange.sendResponseHeaders(known ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    source.setEventHandler(events::add);
    source.start();
  }

  @AfterEach
  void stop() {
    source.stop();
    server.stop(0);
  }

  @Test
  void aTransitionWakesTheReconciliationAtOnceAndFiguresDoNot() throws InterruptedException {
    source.follow(RUN, coordinator("the-token"));

    assertThat(events.poll(30, TimeUnit.SECONDS)).as("the first answer").isNotNull();
    answer.set(Seen.summaryOf(RunPhase.Running, 0, List.of()));
    assertThat(events.poll(30, TimeUnit.SECONDS)).as("the transition to Running").isNotNull();
    assertThat(source.latest(RUN).orElseThrow().summary().requests()).isEqualTo(400);
    assertThat(events).as("the same again").isEmpty();
  }

  @Test
  void whoDoesNotHaveTheTokenLearnsNothing() throws InterruptedException {
    source.follow(RUN, coordinator("another"));
    for (int refused = 0; refused < 3; refused++) {
      assertThat(refusals.poll(30, TimeUnit.SECONDS)).isNotNull();
    }

    assertThat(source.latest(RUN)).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void aDeletedRunIsToldAtOnceAndForgotten() throws InterruptedException {
    source.follow(RUN, coordinator("the-token"));
    assertThat(events.poll(30, TimeUnit.SECONDS)).isNotNull();

    source.onResourceDeleted(RUN);

    assertThat(deleted.poll(30, TimeUnit.SECONDS)).isEqualTo("run true");
    assertThat(source.latest(RUN)).isEmpty();
  }

  @Test
  void aRecreatedRunDoesNotSeeItsNamesakesSummary() throws InterruptedException {
    source.follow(RUN, coordinator("the-token"));
    assertThat(events.poll(30, TimeUnit.SECONDS)).isNotNull();

    LoadTestRun recreated =
        Samples.yaml(
            "{metadata: {name: run, namespace: models, uid: uid-2}, spec: {loadTest: heart}}",
            LoadTestRun.class);

    assertThat(source.latest(recreated)).isEmpty();
  }

  @Test
  void stoppingPostsWithTheToken() throws InterruptedException {
    assertThat(client.stop(coordinator("the-token")).join()).isEqualTo(200);
    assertThat(stops.poll(30, TimeUnit.SECONDS)).isEqualTo("/v1/stop true");
  }

  private Coordinator coordinator(String token) {
    return new Coordinator(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), token);
  }
}
