package dev.squall.runner.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.api.wire.RunValidity;
import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.control.RunnerLink.Pull;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.engine.Engine;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Seconds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A runner's answers over loopback HTTP, with an engine that ends when the test says. */
class RunnerApiIT {
  private static final String TOKEN = "secret";
  private static final int MOST = Integer.MAX_VALUE;

  @TempDir private Path folder;
  private final ByHand engine = new ByHand();
  private RunnerSession session;
  private HttpService http;
  private HttpClient client;
  private HttpRunnerLink link;

  /** Completes k requests in second k. */
  private static final class ByHand implements Engine {
    @Override
    public String transport() {
      return "by hand";
    }

    @Override
    public Optional<String> tlsProvider() {
      return Optional.of("none but this");
    }

    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private CompletableFuture<Void> opening = CompletableFuture.completedFuture(null);
    private volatile boolean stopped;

    @Override
    public CompletableFuture<Void> open() {
      return opening;
    }

    @Override
    public String opening() {
      return opening.isDone() ? "" : "3 of 9 connections are open";
    }

    @Override
    public void start(long startNanos) {}

    @Override
    public void stop() {
      stopped = true;
      completion.complete(null);
    }

    @Override
    public void abort() {
      stop();
    }

    @Override
    public int users() {
      return 3;
    }

    @Override
    public boolean finished() {
      return completion.isDone();
    }

    @Override
    public CompletableFuture<Void> completion() {
      return completion;
    }

    @Override
    public Snapshot cut(int interval) {
      Seconds second = Seconds.of(interval, 3).requests("predict", "POST", new double[interval]);
      return finished() ? second.last().cut() : second.cut();
    }

    @Override
    public Lag lag() {
      Lag lag = new Lag();
      lag.record(1_000);
      return lag;
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void serve() throws IOException {
    session = new RunnerSession(folder, System::nanoTime);
    http = new HttpService(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TOKEN);
    RunnerApi.serve(http, session, () -> "squall_runner_users 3\n".getBytes(UTF_8));
    http.start();
    client = HttpRunnerLink.client();
    link = link(TOKEN);
  }

  @AfterEach
  void end() throws IOException {
    http.close();
    client.close();
    session.close();
  }

  private HttpRunnerLink link(String token) {
    return new HttpRunnerLink(
        "runner-0", URI.create("http://127.0.0.1:" + http.port()), token, client);
  }

  private StartOrder order() {
    return new StartOrder(System.nanoTime(), 1_795_531_876_000L);
  }

  @ParameterizedTest
  @CsvSource({
    // Probes and metrics are for anyone, all else is not.
    "GET, /healthz, 200",
    "GET, /metrics, 200",
    "GET, /v1/state, 401",
    "GET, /v1/clock, 401",
    "GET, /v1/snapshots?from=1, 401",
    "POST, /v1/start, 401",
    "POST, /v1/stop, 401",
    "POST, /v1/stored, 401",
    "GET, /v1/stop, 405",
    "GET, /nothing, 404"
  })
  void withoutTheTokenOnlyProbesAndMetricsAreAnswered(String method, String path, int status)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(status);
  }

  @Test
  void aWrongTokenIsRefused() {
    assertThatThrownBy(() -> link("secreT").clock())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("401");
    assertThatThrownBy(() -> link(TOKEN + "x").stop(true)).hasMessageContaining("401");
    assertThat(engine.stopped).isFalse();
  }

  @Test
  void theClockIsTheRunnersOwnAndMovesForward() throws Exception {
    long before = System.nanoTime();
    long first = link.clock();
    long second = link.clock();
    assertThat(first).isBetween(before, second);
    assertThat(second).isLessThan(System.nanoTime());
  }

  @Test
  void aRunnerThatIsNotReadyRefusesToStart() throws Exception {
    assertThat(link.pull(1, MOST).state().phase()).isEqualTo(Phase.Preparing);
    assertThatThrownBy(() -> link.start(order()))
        .isInstanceOf(RunnerRefusedException.class)
        .hasMessageContaining("Preparing");
  }

  @Test
  void aRunnerIsReadyOnceItsConnectionsAreOpenAndUntilThenSaysHowManyAre() throws Exception {
    engine.opening = new CompletableFuture<>();
    session.ready(engine, List.of());
    RunnerState before = link.pull(1, MOST).state();
    assertThat(before.phase()).isEqualTo(Phase.Preparing);
    assertThat(before.preparing()).isEqualTo("3 of 9 connections are open");
    engine.opening.complete(null);
    RunnerState after = before;
    for (int i = 0; i < 1_000 && after.phase() == Phase.Preparing; i++) {
      after = link.pull(1, MOST).state();
    }
    assertThat(after.phase()).isEqualTo(Phase.Ready);
    assertThat(after.preparing()).isNull();
  }

  @Test
  void theSameStartAgainIsFineAndAnotherIsRefused() throws Exception {
    session.ready(engine, List.of(new DatasetDigest("patients", "ab".repeat(32))));
    assertThat(link.pull(1, MOST).state().datasets()).hasSize(1);
    StartOrder order = order();
    link.start(order);
    link.start(order);
    assertThatThrownBy(() -> link.start(new StartOrder(order.nanos() + 1, order.epochMillis())))
        .isInstanceOf(RunnerRefusedException.class)
        .hasMessageContaining("starts once");
    RunnerState state = link.pull(1, MOST).state();
    assertThat(state.phase()).isEqualTo(Phase.Running);
    assertThat(state.start()).isEqualTo(order);
    assertThat(state.users()).isEqualTo(3);
    assertThat(state.engine())
        .isEqualTo(new RunValidity.Engine("by hand", null, "none but this", "HTTP/1.1"));
  }

  @Test
  void snapshotsAreKeptFromTheFirstAndPulledFromAnyOneUntilStored() throws Exception {
    session.ready(engine, List.of());
    // Three seconds ago, so that the first seconds are cut at once.
    link.start(new StartOrder(System.nanoTime() - 3_100_000_000L, 0));
    List<RunnerSecond> all = new ArrayList<>();
    while (all.size() < 3) {
      all.addAll(link.pull(all.size() + 1, MOST).seconds());
    }
    engine.stop();
    session.ended().get();
    Pull whole = link.pull(1, MOST);
    assertThat(whole.state().phase()).isEqualTo(Phase.Ended);
    assertThat(whole.state().loadNanos()).isPositive();
    assertThat(whole.seconds()).hasSize(whole.state().intervals());
    for (int k = 1; k <= whole.seconds().size(); k++) {
      assertThat(whole.seconds().get(k - 1).snapshot().interval()).isEqualTo(k);
      assertThat(whole.seconds().get(k - 1).snapshot().requests()).isEqualTo(k);
    }
    assertThat(whole.seconds().getLast().snapshot().last()).isTrue();
    assertThat(link.pull(3, MOST).seconds().getFirst().snapshot().interval()).isEqualTo(3);
    assertThat(link.pull(1, 2).seconds())
        .extracting(second -> second.snapshot().interval())
        .containsExactly(1, 2);
    assertThat(link.pull(1, 0).encoded()).isEmpty();
    assertThat(session.allPulled()).isFalse();
    assertThat(link.pull(whole.seconds().size() + 1, MOST).seconds()).isEmpty();
    assertThat(session.allPulled()).isTrue();
    link.stored();
    assertThat(session.awaitStored(Duration.ofSeconds(1))).isTrue();
  }

  @Test
  void stopEndsTheLoadAndMayBeRepeated() throws Exception {
    session.ready(engine, List.of());
    link.start(order());
    link.stop(false);
    link.stop(true);
    session.ended().get();
    assertThat(engine.stopped).isTrue();
    assertThat(link.pull(1, MOST).state().phase()).isEqualTo(Phase.Ended);
  }

  @Test
  void aRunnerThatIsStoppedBeforeItsStartNeverStarts() throws Exception {
    session.ready(engine, List.of());
    link.stop(true);
    assertThatThrownBy(() -> link.start(order())).isInstanceOf(RunnerRefusedException.class);
  }

  @Test
  void anEngineThatBreaksIsAFault() throws Exception {
    session.ready(engine, List.of());
    link.start(order());
    engine.completion.completeExceptionally(new IllegalStateException("out of memory"));
    session.ended().get();
    RunnerState state = link.pull(1, MOST).state();
    assertThat(state.phase()).isEqualTo(Phase.Ended);
    assertThat(Objects.requireNonNull(state.fault()).message()).contains("out of memory");
  }

  @Test
  void aRunnerThatIsNotThereIsAnIOException() {
    http.close();
    assertThatThrownBy(() -> link.clock()).isInstanceOf(IOException.class);
  }
}
