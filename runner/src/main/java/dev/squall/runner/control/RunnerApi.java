package dev.squall.runner.control;

import dev.squall.api.wire.PodContract;
import dev.squall.runner.control.HttpService.Access;
import dev.squall.runner.control.RunnerState.StartOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** What a runner pod answers over HTTP. */
public final class RunnerApi {
  static final String CLOCK_PATH = "/v1/clock";
  static final String START_PATH = "/v1/start";
  static final String PULL_PATH = "/v1/snapshots";
  static final String STORED_PATH = "/v1/stored";
  static final String TRIAL_END_PATH = "/v1/trial/end";
  static final String NUMBER = "number";
  static final String FROM = "from";
  static final String MOST = "most";
  static final String NOW = "now";
  private static final String STATE_PATH = "/v1/state";

  private final RunnerSession session;

  private RunnerApi(RunnerSession session) {
    this.session = session;
  }

  /**
   * Adds a runner's routes to a server.
   *
   * @param metrics the text of {@code /metrics}
   */
  public static void serve(HttpService http, RunnerSession session, Supplier<byte[]> metrics) {
    RunnerApi api = new RunnerApi(session);
    http.route("GET", PodContract.HEALTH_PATH, Access.Anyone, e -> e.text(200, "ok"))
        .route(
            "GET",
            PodContract.METRICS_PATH,
            Access.Anyone,
            e -> e.answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()))
        .route("GET", STATE_PATH, Access.Token, e -> e.json(200, session.state()))
        .route("GET", CLOCK_PATH, Access.Token, api::clock)
        .route("POST", START_PATH, Access.Token, api::start)
        .route("POST", PodContract.STOP_PATH, Access.Token, api::stop)
        .route("POST", TRIAL_END_PATH, Access.Token, api::endTrial)
        .route("GET", PULL_PATH, Access.Token, api::pull)
        .route("POST", STORED_PATH, Access.Token, api::stored);
  }

  private void clock(Exchange exchange) throws IOException {
    session.heard();
    exchange.text(200, Long.toString(session.clockNanos()));
  }

  private void start(Exchange exchange) throws IOException {
    session.heard();
    StartOrder order = Json.parse(exchange.body(), StartOrder.class);
    try {
      session.start(order);
      exchange.text(200, "started");
    } catch (RunnerRefusedException e) {
      exchange.text(409, String.valueOf(e.getMessage()));
    }
  }

  private void stop(Exchange exchange) throws IOException {
    session.heard();
    session.stop(exchange.query(NOW).filter("true"::equals).isPresent());
    exchange.text(200, "stopped");
  }

  private void endTrial(Exchange exchange) throws IOException {
    session.heard();
    Optional<Integer> number = number(exchange, NUMBER, 1);
    if (number.isEmpty()) {
      exchange.text(400, "number: the number of a trial");
      return;
    }
    session.endTrial(number.get());
    exchange.text(200, "ends");
  }

  /** A frame with the state as JSON, then the frames of the snapshots. */
  private void pull(Exchange exchange) throws IOException {
    session.heard();
    Optional<Integer> from = number(exchange, FROM, 1);
    Optional<Integer> most = number(exchange, MOST, Integer.MAX_VALUE);
    if (from.isEmpty() || most.isEmpty()) {
      exchange.text(400, "from: the number of an interval; most: how many of them");
      return;
    }
    RunnerState now = session.state();
    byte[] state = Frames.frame(Json.bytes(now));
    byte[] snapshots = session.kept().framesFrom(from.get(), most.get(), now.intervals());
    ByteArrayOutputStream all = new ByteArrayOutputStream(state.length + snapshots.length);
    all.writeBytes(state);
    all.writeBytes(snapshots);
    exchange.answer(200, "application/octet-stream", all.toByteArray());
  }

  private static Optional<Integer> number(Exchange exchange, String name, int usual) {
    try {
      return Optional.of(exchange.query(name).map(Integer::valueOf).orElse(usual));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void stored(Exchange exchange) throws IOException {
    exchange.text(200, "goodbye");
    session.kept().resultsStored();
  }
}
