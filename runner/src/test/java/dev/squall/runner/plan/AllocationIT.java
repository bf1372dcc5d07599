package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.squall.runner.engine.Engine;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.engine.Share;
import dev.squall.runner.engine.Workload;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
  private static final String ANSWER =
      "{\"diagnosis\":\"clear\",\"probability\":0.7312345678901234,"
          + "\"features\":[{\"name\":\"age\"},{\"name\":\"ch\\u006fl\"}]}";

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("plain", PLAIN, '~', 1.0),
        Arguments.of("13 fields, JSONPath", PREDICT, '}', 1.0));
  }

  @ParameterizedTest(name = "{0}: at most {3} bytes")
  @MethodSource("requests")
  void aRequestOnAKeptConnectionAllocatesNothing(String name, String task, int last, double most)
      throws Exception {
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(ANSWER.length(), ANSWER);
    try (FixedAnswers target = new FixedAnswers(ServerSocketFactory.getDefault(), last, answer);
        Engine engine =
            Engine.create(
                workload(target.port(), task),
                Share.whole(),
                EngineOptions.defaults().withEventLoops(1).withVersion("~"))) {
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

  private static Workload workload(int port, String task) {
    return PlanCompiler.compile(
            Written.plan(
                """
                apiVersion: squall.dev/v1alpha1
                kind: LoadTest
                metadata: {name: one}
                spec:
                  target: {url: "http://127.0.0.1:%d"}
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
                """
                    .formatted(port, task.strip().replaceAll("\\s*\n\\s*", " "))),
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
