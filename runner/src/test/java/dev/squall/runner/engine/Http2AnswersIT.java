package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.StreamTimes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done with answers is the same over HTTP/2 as over HTTP/1.1. */
@Timeout(180)
class Http2AnswersIT {
  private static final EngineOptions OPTIONS =
      TestedOptions.ofEnvironment().withEventLoops(2).withTraceHeaders(true);

  /** The body is hello, and the answer's header says so too. */
  private static final Check HELLO =
      new Check() {
        @Override
        public Needs needs() {
          return Needs.BODY;
        }

        @Override
        public @Nullable Refusal check(Response response) {
          return response.bodyText().equals("hello")
                  && "hello".equals(response.header("X-Says"))
                  && response.status() == 200
              ? null
              : new Refusal(FailureKind.EXPECTATION, "not hello: " + response.bodyText());
        }
      };

  private static Workloads to(Http2Target target) {
    return Workloads.to(Http2IT.at(target.port()));
  }

  private static Merged run(Workload workload) throws Exception {
    return EngineIT.run(workload, Share.whole(), OPTIONS);
  }

  private static byte[] zipped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void bodiesAndHeadersAreChecked() throws Exception {
    Map<String, String> says = Map.of("x-says", "hello");
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              switch (request.target()) {
                case "/parts" -> {
                  s.interim("103");
                  s.head("200", says);
                  s.data("hel", false);
                  s.data("", false);
                  s.data("lo", true);
                }
                case "/zipped" -> {
                  s.head("200", Map.of("x-says", "hello", "content-encoding", "gzip"));
                  s.data(zipped("hello"), true);
                }
                default -> {
                  s.head("200", Map.of("x-says", "no"));
                  s.data("no", true);
                }
              }
            })) {
      Workloads w = to(target).users(3).requests(300);
      for (String path : List.of("/parts", "/zipped", "/other")) {
        w.task(1, w.get(path, path, List.of(HELLO), List.of()));
      }
      Merged merged = run(w.build());
      assertThat(merged.failures())
          .singleElement()
          .satisfies(
              f -> {
                assertThat(f.series()).isEqualTo("/other");
                assertThat(f.reason()).isEqualTo("not hello: no");
                assertThat(f.count())
                    .isEqualTo(
                        target.received().stream()
                            .filter(r -> r.target().equals("/other"))
                            .count());
              });
    }
  }

  @Test
  void answersToHeadAndWithoutContentHaveNoBody() throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) ->
                s.only(
                    request.method().equals("HEAD") ? "200" : "204",
                    Map.of("content-length", "500")))) {
      Workloads w = to(target).users(2).requests(40);
      for (String method : List.of("HEAD", "GET")) {
        w.task(
            1,
            w.step(
                method,
                method,
                Template.of("/"),
                new RequestTemplate.Empty(),
                List.of(Workloads.BELOW_400),
                List.of()));
      }
      assertThat(run(w.build()).failures()).isEmpty();
      assertThat(target.requests()).isEqualTo(40);
    }
  }

  @Test
  void redirectsAreFollowedAndCookiesKept() throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              if (request.target().equals("/1")) {
                s.only(
                    "303", Map.of("location", "/2?a=b", "set-cookie", "session=" + request.user()));
              } else {
                s.ok(request.method());
              }
            })) {
      Series series = new Series(0, "t", "POST");
      RequestTemplate request =
          new RequestTemplate(
              "POST",
              Template.of("/1"),
              List.of(),
              new RequestTemplate.Text(Template.of("body"), "text/plain"),
              Duration.ofSeconds(20).toNanos(),
              3,
              null);
      Workload workload =
          to(target)
              .users(3)
              .requests(30)
              .cookies()
              .with(series, new Step(series, request, List.of(Workloads.BELOW_400), List.of()))
              .build();
      Merged merged = run(workload);
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(30);
      List<ScriptedServer.Received> second =
          target.received().stream().filter(r -> r.target().equals("/2?a=b")).toList();
      assertThat(second).hasSize(30);
      assertThat(second)
          .allSatisfy(
              r -> {
                assertThat(r.method() + r.body()).isEqualTo("GET");
                assertThat(r.headers())
                    .containsEntry("cookie", "session=" + r.user())
                    .doesNotContainKey("content-length");
              });
      assertThat(
              target.received().stream()
                  .collect(
                      Collectors.groupingBy(
                          ScriptedServer.Received::connection,
                          Collectors.mapping(ScriptedServer.Received::user, Collectors.toSet()))))
          .allSatisfy((connection, users) -> assertThat(users).hasSize(1));
    }
  }

  @ParameterizedTest
  @EnumSource(StreamUnit.class)
  void partsOfAnswersAreTimed(StreamUnit unit) throws Exception {
    Again.slower(Duration.ofMillis(20), gap -> partsAreTimed(unit, gap.toMillis()));
  }

  private static void partsAreTimed(StreamUnit unit, long gap) throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              s.head("200", Map.of("content-type", "text/event-stream"));
              for (int i = 0; i < 5; i++) {
                String event = "data: " + i + "\n\n";
                s.after((3 + i) * gap, () -> s.data(event, false));
              }
              s.after(8 * gap, () -> s.data("", true));
            })) {
      Merged merged =
          run(
              to(target)
                  .users(2)
                  .requests(6)
                  .streamed(new RequestTemplate.Streaming(unit, RequestTemplate.Streaming.ANY_TIME))
                  .build());
      assertThat(merged.failures()).isEmpty();
      StreamTimes times = merged.series().getFirst().stream();
      assertThat(times.answers()).isEqualTo(6);
      assertThat(times.units()).isEqualTo(30);
      assertThat(times.first().minNanos()).isGreaterThanOrEqualTo(3_000_000 * gap - 1_000_000);
      assertThat(times.between().percentileMicros(50)).isBetween(750 * gap, 2_000 * gap);
    }
  }
}
