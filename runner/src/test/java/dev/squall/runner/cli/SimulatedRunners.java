package dev.squall.runner.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.squall.runner.control.Json;
import dev.squall.runner.control.RunnerSecond;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.results.Seconds;
import dev.squall.runner.vitals.Machine;
import dev.squall.runner.vitals.Vital;
import dev.squall.runner.vitals.Vitals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many runners behind one HTTP server, each at {@code /<index>}: real snapshots, encoded, of 40
 * series with 100 distinct times each, distinct for each runner and second of a long cycle. One
 * answer in a hundred is late, comes again, or is lost.
 */
final class SimulatedRunners implements AutoCloseable {
  static final int SERIES = 40;
  static final int SAMPLES = 100;

  /** How many different seconds there are; runners and seconds step through them. */
  private static final int DISTINCT = 211;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Integer, StartOrder> starts = new ConcurrentHashMap<>();
  private final Map<Integer, byte[]> encoded = new HashMap<>();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong sentBytes = new AtomicLong();
  private final int seconds;

  /** Runners whose load lasts so many seconds. */
  SimulatedRunners(int seconds) throws IOException {
    this.seconds = seconds;
    for (int n = 0; n < DISTINCT; n++) {
      encoded.put(n, second(n));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where runner {@code %d} is. */
  String urlPattern() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/%d";
  }

  /** Bytes of all answers with snapshots so far. */
  long sentBytes() {
    return sentBytes.get();
  }

  /** A second as its runner encodes it, but for the number of its interval. */
  private static byte[] second(int seed) {
    Random random = new Random(seed);
    Seconds second = Seconds.of(1, 10);
    for (int series = 0; series < SERIES; series++) {
      double[] millis = new double[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        millis[i] = (5 + series) * Math.exp(random.nextGaussian() / 3);
      }
      second.requests("task-" + series, "POST", millis);
    }
    Lag lag = new Lag();
    for (int beat = 0; beat < 20; beat++) {
      lag.record(random.nextInt(500_000));
    }
    return new RunnerSecond(second.cut(), Vitals.of(Map.of(Vital.ELAPSED, SECOND), lag)).encode();
  }

  /** The same with its number: the second byte of the snapshot, and more where it is large. */
  private static byte[] numbered(byte[] second, int interval, boolean last) {
    ByteBuffer in = ByteBuffer.wrap(second);
    byte[] snapshot = new byte[in.getInt()];
    in.get(snapshot);
    ByteArrayOutputStream out = new ByteArrayOutputStream(second.length + 8);
    out.write(snapshot[0]);
    int rest = interval;
    while (rest > 0x7F) {
      out.write(rest | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    // What follows the number is whether it is the last.
    out.write(last ? 1 : 0);
    out.write(snapshot, 3, snapshot.length - 3);
    byte[] again = out.toByteArray();
    return ByteBuffer.allocate(Integer.BYTES + again.length + in.remaining())
        .putInt(again.length)
        .put(again)
        .put(in)
        .array();
  }

  private void answer(HttpExchange http) throws IOException {
    try (http) {
      String[] path = http.getRequestURI().getPath().split("/", 3);
      int runner = Integer.parseInt(path[1]);
      byte[] body = http.getRequestBody().readAllBytes();
      switch (path[2]) {
        case "v1/clock" -> send(http, ("" + System.nanoTime()).getBytes(StandardCharsets.UTF_8));
        case "v1/start" -> {
          starts.put(runner, Json.parse(body, StartOrder.class));
          send(http, new byte[] {'o'});
        }
        case "v1/snapshots" -> snapshots(http, runner);
        default -> send(http, new byte[] {'o'});
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void snapshots(HttpExchange http, int runner) throws IOException, InterruptedException {
    int from = Integer.parseInt(http.getRequestURI().getQuery().replaceAll("\\D", ""));
    boolean odd = starts.containsKey(runner) && asked.incrementAndGet() % 100 == 0;
    int kind = (int) (asked.get() / 100 % 3);
    if (odd && kind == 0) {
      TimeUnit.MILLISECONDS.sleep(1_500);
    } else if (odd && kind == 1) {
      // Closed without an answer.
      return;
    }
    byte[] answer = frames(runner, odd && kind == 2 ? Math.max(1, from - 1) : from);
    sentBytes.addAndGet(answer.length);
    send(http, answer);
  }

  private byte[] frames(int runner, int from) throws IOException {
    StartOrder order = starts.get(runner);
    long elapsed = order == null ? 0 : Math.max(0, System.nanoTime() - order.nanos()) / SECOND;
    int cut = (int) Math.min(elapsed, seconds);
    boolean ended = cut == seconds;
    RunnerState state =
        new RunnerState(
            order == null ? Phase.Ready : ended ? Phase.Ended : Phase.Running,
            null,
            order,
            cut,
            ended ? 0 : 10,
            ended ? seconds * SECOND : null,
            List.of(),
            new Machine(2, null, "tsc"));
    List<byte[]> frames = new ArrayList<>();
    frames.add(Json.bytes(state));
    for (int k = Math.max(1, from); k <= cut && frames.size() < 60; k++) {
      frames.add(
          numbered(
              encoded.getOrDefault((runner * 7 + k) % DISTINCT, new byte[0]), k, k == seconds));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      out.writeBytes(
          ByteBuffer.allocate(Integer.BYTES + frame.length)
              .putInt(frame.length)
              .put(frame)
              .array());
    }
    return out.toByteArray();
  }

  private static void send(HttpExchange http, byte[] content) throws IOException {
    http.sendResponseHeaders(200, content.length);
    http.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
