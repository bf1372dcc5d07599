package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.Check;
import dev.squall.runner.engine.Refusal;
import dev.squall.runner.engine.Response;
import dev.squall.runner.engine.Step;
import dev.squall.runner.recording.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expectations and captures, judged on answers. */
class ChecksTest {
  private static final String BODY =
      "{\"diagnosis\":\"clear\",\"p\":0.25,\"n\":3,\"nothing\":null,\"list\":[{\"a\":1},{\"a\":2}]}";

  /** An answer as the engine would hand it over. */
  private record Answer(
      int status, long responseTimeNanos, Map<String, String> headers, String bodyText)
      implements Response {
    @Override
    public @Nullable String header(String name) {
      return headers.get(name.toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public byte[] body() {
      return bodyText.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int bodyLength() {
      return body().length;
    }
  }

  private static Answer ok() {
    // A text of its own for each answer, as the engine makes it.
    return new Answer(
        200, 5_000_000, Map.of("content-type", "application/json"), new String(BODY.toCharArray()));
  }

  static Stream<Arguments> expectations() {
    return Stream.of(
        row("{}", ""),
        row("{status: [200, 201]}", ""),
        row("{status: [400]}", "status 200, expected 400"),
        row("{statusClass: [4xx], status: [503]}", "status 200, expected 503 or 4xx"),
        row("{statusClass: [2xx]}", ""),
        row("{responseTime: {below: 6ms}}", ""),
        row("{responseTime: {below: 5ms}}", "response time not below 5ms"),
        row("{headers: [{name: content-TYPE}]}", ""),
        row("{headers: [{name: Content-Type, equals: application/json}]}", ""),
        row("{headers: [{name: Content-Type, matches: json$}]}", ""),
        row(
            "{headers: [{name: Content-Type, matches: ^json}]}",
            "header Content-Type: does not match ^json"),
        row(
            "{headers: [{name: Content-Type, equals: text/html}]}",
            "header Content-Type: not 'text/html'"),
        row("{headers: [{name: X-Id}]}", "header X-Id: missing"),
        row("{headers: [{name: X-Id, exists: false}]}", ""),
        row(
            "{headers: [{name: Content-Type, exists: false}]}",
            "header Content-Type: must not be there"),
        row("{body: {contains: clear, matches: 'p.:0'}}", ""),
        row("{body: {contains: sick}}", "body: does not contain 'sick'"),
        row("{body: {matches: '^x'}}", "body: does not match ^x"),
        row("{json: [{path: $.diagnosis, equals: {value: clear}}]}", ""),
        row("{json: [{path: $.diagnosis, equals: {value: sick}}]}", "$.diagnosis: not \"sick\""),
        // 3 and 3.0 are one number, 3 and "3" are not the same.
        row("{json: [{path: $.n, equals: {value: 3.0}}]}", ""),
        row("{json: [{path: $.n, equals: {value: '3'}}]}", "$.n: not \"3\""),
        row("{json: [{path: $.nothing, equals: {value: null}}]}", ""),
        row("{json: [{path: '$.list[1]', equals: {value: {a: 2}}}]}", ""),
        row("{json: [{path: $.diagnosis, in: [{value: sick}, {value: clear}]}]}", ""),
        row("{json: [{path: $.n, in: [{value: 1}, {value: 2}]}]}", "$.n: not one of [1,2]"),
        row("{json: [{path: $.p, range: {min: 0, max: 1}}]}", ""),
        row("{json: [{path: $.p, range: {min: 0.5}}]}", "$.p: not a number from 0.5 to any"),
        row(
            "{json: [{path: $.diagnosis, range: {max: 1}}]}",
            "$.diagnosis: not a number from any to 1"),
        row("{json: [{path: $.p, exists: true}, {path: $.q, exists: false}]}", ""),
        row("{json: [{path: $.q, exists: true}]}", "$.q: missing"),
        row("{json: [{path: '$.list[2]', exists: true}]}", "$.list[2]: missing"),
        row("{json: [{path: '$..list[2]', exists: false}]}", ""),
        row("{json: [{path: $.q, equals: {value: null}}]}", "$.q: missing"),
        row("{json: [{path: $.p, exists: false}]}", "$.p: must not be there"),
        // A path to several values: each must be as expected, and there must be one.
        row("{json: [{path: '$.list[*].a', range: {min: 1}}]}", ""),
        row("{json: [{path: '$.list[*].a', equals: {value: 1}}]}", "$.list[*].a: not 1"),
        row("{json: [{path: '$.list[*].b', exists: true}]}", "$.list[*].b: missing"),
        row("{json: [{path: '$.list[*].b', exists: false}]}", ""));
  }

  private static Arguments row(String expect, String reason) {
    return Arguments.of(expect, reason);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("expectations")
  void anAnswerIsJudged(String expect, String reason) {
    assertThat(judge(expect, ok()).map(Refusal::reason).orElse("")).isEqualTo(reason);
  }

  @Test
  void withoutAnExpectationAnyStatusBelowFourHundredIsASuccess() {
    assertThat(judge("{}", new Answer(302, 1, Map.of(), ""))).isEmpty();
    assertThat(judge("{}", new Answer(500, 1, Map.of(), "")))
        .hasValue(new Refusal(FailureKind.STATUS, "status 500, expected below 400"));
    assertThat(judge("{body: {contains: x}}", new Answer(404, 1, Map.of(), "x"))).isPresent();
  }

  @Test
  void aBodyThatIsNotJsonIsRefusedAndTheNextIsParsedAfresh() {
    String expect = "{json: [{path: $.diagnosis, exists: true}]}";

    assertThat(judge(expect, new Answer(200, 1, Map.of(), "<html>")).map(Refusal::reason))
        .hasValue("body: not JSON");
    assertThat(judge(expect, new Answer(200, 1, Map.of(), "")).map(Refusal::reason))
        .hasValue("body: not JSON");
    assertThat(judge(expect, ok())).isEmpty();
  }

  static Stream<Arguments> captures() {
    return Stream.of(
        Arguments.of("{name: c, jsonPath: $.diagnosis}", "clear"),
        Arguments.of("{name: c, jsonPath: $.p}", "0.25"),
        Arguments.of("{name: c, jsonPath: '$.list[0]'}", "{\"a\":1}"),
        Arguments.of("{name: c, jsonPath: '$.list[*].a'}", "1"),
        Arguments.of("{name: c, jsonPath: $.nothing}", null),
        Arguments.of("{name: c, jsonPath: $.q}", null),
        Arguments.of("{name: c, header: Content-Type}", "application/json"),
        Arguments.of("{name: c, header: X-Id}", null),
        Arguments.of("{name: c, regex: 'diag[a-z]+'}", "diagnosis"),
        Arguments.of("{name: c, regex: '\"p\":([0-9.]+)'}", "0.25"),
        Arguments.of("{name: c, regex: 'x(y)'}", null));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("captures")
  void aValueIsCaptured(String capture, @Nullable String value) {
    Step step =
        Written.workload(
                """
                apiVersion: squall.dev/v1alpha1
                kind: LoadTest
                metadata: {name: one}
                spec:
                  target: {url: "http://target:8080"}
                  loads: [{name: all, users: {count: 1}, requests: 10}]
                  scenarios:
                    - {name: s, tasks: [{name: t, steps: [{name: u, request: {path: /}, captures: [%s]}]}]}
                """
                    .formatted(capture))
            .scenarios()
            .getFirst()
            .tasks()
            .getFirst()
            .steps()
            .getFirst();

    assertThat(step.captures().getFirst().extractor().extract(ok())).isEqualTo(value);
  }

  private static Optional<Refusal> judge(String expect, Answer answer) {
    Step step = Written.only(Written.ofRequest("{path: /}, expect: " + expect));
    for (Check check : step.checks()) {
      Refusal refusal = check.check(answer);
      if (refusal != null) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
