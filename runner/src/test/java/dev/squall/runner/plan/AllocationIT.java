package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.squall.runner.FixedAnswers;
import dev.squall.runner.engine.Engine;
import dev.squall.runner.engine.Share;
import dev.squall.runner.engine.TestedOptions;
import dev.squall.runner.engine.TlsTargets;
import dev.squall.runner.engine.Workload;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the event loops allocate a request, by the JVM's own counters. */
@Timeout(120)
class AllocationIT {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MEASURED = 20_000;
  private static final int WINDOWS = 15;

  private static final String PLAIN = "{name: get, request: {path: /}, expect: {status: [200]}}";
  private static final String PREDICT =
      """
      {name: predict, weight: 4, request: {method: POST, path: /predict, json: {payload: patient}}, expect: {
        status: [200], json: [
          {path: $.diagnosis, in: [{value: heart-disease}, {value: clear}]},
          {path: $.probability, range: {min: 0, max: 1}},
          {path: '$.features[1].name', equals: {value: chol}},
          {path: $.error, exists: false}]}}
      """;
  private static final String BATCH =
      "{name: batch, request: {method: POST, path: /, json: {payload: rows}}, expect: {status: [200]}}";
  private static final String CAPTURED =
      """
      {name: pair, steps: [
        {name: first, request: {path: /}, expect: {status: [200]}, captures: [{name: as, jsonPath: $.diagnosis}]},
        {name: second, request: {path: '/${as}'}, expect: {status: [200]}}]}
      """;
  private static final String STREAMED =
      "{name: get, request: {path: /, stream: {unit: Event}}, expect: {status: [200]}}";
  private static final String JSON =
      "{\"diagnosis\":\"clear\",\"probability\":0.7312345678901234,"
          + "\"features\":[{\"name\":\"age\"},{\"name\":\"ch\\u006fl\"}]}";

  private static final String EVENTS =
      IntStream.range(0, 10)
              .mapToObj(n -> "1a\r\ndata: {\"token\": \"abcde\"}\n\n\r\n")
              .collect(Collectors.joining())
          + "0\r\n\r\n";

  /**
   * A request, and what it may allocate.
   *
   * @param scheme of the target
   * @param last what each request ends with
   * @param most bytes that it allocates at most
   */
  private record Case(
      String name, String scheme, String task, char last, String answer, double most) {
    @Override
    public String toString() {
      return name + ": less than " + most + " bytes";
    }
  }

  private static String answer(String headers, String body) {
    return "HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n" + body;
  }

  static Stream<Case> requests() {
    String length = "Content-Type: application/json\r\nContent-Length: " + JSON.length();
    String kept = answer(length, JSON);
    String closed = answer(length + "\r\nConnection: close", JSON);
    String events = answer("Content-Type: text/event-stream\r\nTransfer-Encoding: chunked", EVENTS);
    return Stream.of(
        new Case("plain", "http", PLAIN, '~', kept, 1),
        new Case("13 fields, JSONPath", "http", PREDICT, '}', kept, 1),
        new Case("a batch of 8", "http", BATCH, ']', kept, 1),
        new Case("a stream of 10 events", "http", STREAMED, '~', events, 1),
        new Case("a value captured and used", "http", CAPTURED, '~', kept, 32),
        new Case("TLS", "https", PLAIN, '~', kept, 90),
        new Case("a connection of its own", "http", PLAIN, '~', closed, 600));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestAllocatesNoMoreThanIsStated(Case its) throws Exception {
    ServerSocketFactory sockets =
        its.scheme.equals("https") ? TlsTargets.sockets() : ServerSocketFactory.getDefault();
    double most = its.most;
    try (FixedAnswers target = new FixedAnswers(sockets, its.last, its.answer);
        Engine engine =
            Engine.create(
                workload(its.scheme, target.port(), its.task),
                Share.whole(),
                TestedOptions.ofEnvironment().withEventLoops(1).withVersion("~"))) {
      engine.start(System.nanoTime());
      double each = Double.MAX_VALUE;
      // Until all is compiled, what will not be allocated later may be.
      for (int window = 0; window < WINDOWS && each > most; window++) {
        long before = allocated();
        long from = target.requests();
        awaitRequests(target, from + MEASURED);
        each = (double) (allocated() - before) / (target.requests() - from);
      }
      engine.stop();
      assertThat(engine.cut(1).failures()).isEmpty();
      assertThat(each).as("bytes a request").isLessThan(most);
    }
  }

  private static Workload workload(String scheme, int port, String task) {
    return PlanCompiler.compile(
            Written.plan(
                """
                apiVersion: squall.dev/v1alpha1
                kind: LoadTest
                metadata: {name: one}
                spec:
                  target: {url: "%s://127.0.0.1:%d"%s}
                  loads: [{name: all, users: {count: 4}, duration: 10m}]
                  scenarios: [{name: one, tasks: [%s]}]
                  payloads:
                    - name: patient
                      fields:
                        age: {integer: {min: 29, max: 77}}
                        sex: {integer: {min: 0, max: 1}}
                        cp: {choice: [{value: 0}, {value: 1}, {value: 2}, {value: 3}]}
                        trestbps: {integer: {min: 94, max: 200}}
                        chol: {integer: {min: 126, max: 564}}
                        fbs: {integer: {min: 0, max: 1}}
                        restecg: {choice: [{value: 0}, {value: 1}, {value: 2}]}
                        thalach: {integer: {min: 71, max: 202}}
                        exang: {integer: {min: 0, max: 1}}
                        oldpeak: {number: {min: 0, max: 6.2, decimals: 1}}
                        slope: {choice: [{value: 0}, {value: 1}, {value: 2}]}
                        ca: {choice: [{value: 0}, {value: 1}]}
                        thal: {choice: [{value: 0}, {value: 1}]}
                    - name: rows
                      batch: {size: 8}
                      fields:
                        age: {integer: {min: 29, max: 77}}
                        oldpeak: {number: {min: 0, max: 6.2, decimals: 1}}
                        thal: {choice: [{value: 0}, {value: 1}]}
                """
                    .formatted(
                        scheme,
                        port,
                        scheme.equals("https") ? ", tls: {insecureSkipVerify: true}" : "",
                        task.strip().replaceAll("\\s*\n\\s*", " "))),
            new Sources.Named(Map.of(), Map.of()))
        .workload();
  }

  private static void awaitRequests(FixedAnswers target, long number) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(50).toNanos();
    while (target.requests() < number) {
      assertThat(System.nanoTime()).as("requests come").isLessThan(deadline);
      java.util.concurrent.TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static long allocated() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("squall-load-"))
        .mapToLong(ThreadInfo::getThreadId)
        .map(THREADS::getThreadAllocatedBytes)
        .sum();
  }
}
