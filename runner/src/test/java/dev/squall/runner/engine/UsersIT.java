package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.payload.Dataset;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.engine.payload.Escaping;
import dev.squall.runner.engine.payload.Integers;
import dev.squall.runner.engine.payload.ObjectOf;
import dev.squall.runner.engine.payload.Strings;
import dev.squall.runner.recording.Merged;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users send, and when, by the target's own log. */
@Timeout(180)
class UsersIT {
  private static final EngineOptions TRACED =
      TestedOptions.ofEnvironment().withEventLoops(2).withTraceHeaders(true);

  private static final ObjectOf PATIENT =
      new ObjectOf(
          List.of(
              new ObjectOf.Field("age", new Integers(29, 77)),
              new ObjectOf.Field("name", new Strings("[a-z]{8}"))));

  private static Workloads mixed(int port) {
    Workloads w = Workloads.to(port).users(7);
    w.onStart(w.get("login", "/login", List.of(Workloads.BELOW_400), List.of()));
    w.task(4, post(w, "predict", "/predict"));
    w.task(1, post(w, "first", "/first"), post(w, "second", "/second"));
    w.onStop(w.get("logout", "/logout", List.of(Workloads.BELOW_400), List.of()));
    return w;
  }

  private static Step post(Workloads w, String name, String path) {
    return w.step(
        name,
        "POST",
        new Template(
            List.of(
                new Template.Literal((path + "?id=").getBytes(StandardCharsets.UTF_8)),
                new Template.Drawn(new Integers(0, 999_999), Draw.place("id"), Escaping.URL))),
        new RequestTemplate.Json(PATIENT, Draw.place("patient")),
        List.of(Workloads.BELOW_400),
        List.of());
  }

  /** What each user sent, in its order. */
  private static Map<String, List<String>> byUser(ScriptedServer server) {
    Map<String, List<String>> sent = new TreeMap<>();
    server.received().stream()
        .sorted(
            Comparator.comparing((ScriptedServer.Received r) -> number(r, "x-squall-iteration"))
                .thenComparing(r -> number(r, "x-squall-step")))
        .forEach(
            r -> sent.computeIfAbsent(r.user(), u -> new ArrayList<>()).add(r.key() + r.content()));
    return sent;
  }

  private static long number(ScriptedServer.Received request, String header) {
    return Long.parseLong(request.headers().getOrDefault(header, "-1"));
  }

  private static Map<String, List<String>> sent(int runners, boolean closing, long requests)
      throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              if (closing) {
                c.okAndClose("{}");
              } else {
                c.ok("{}");
              }
            })) {
      List<Engine> engines = new ArrayList<>();
      for (int i = 0; i < runners; i++) {
        Workload workload = mixed(server.port()).requests(requests).build();
        engines.add(Engine.create(workload, new Share(i, runners), TRACED));
      }
      engines.forEach(engine -> engine.start(System.nanoTime()));
      for (Engine engine : engines) {
        engine.completion().get(30, java.util.concurrent.TimeUnit.SECONDS);
        engine.close();
      }
      assertThat(server.requests()).isEqualTo((int) requests);
      return byUser(server);
    }
  }

  @Test
  void theSameRequestsAreSentByAnyNumberOfRunnersAndToAnyServer() throws Exception {
    Map<String, List<String>> one = sent(1, false, 400);
    assertThat(one).hasSize(7);
    assertThat(sent(2, false, 400)).isEqualTo(one);
    assertThat(sent(3, true, 400)).isEqualTo(one);
    List<String> third = one.getOrDefault("3", List.of());
    assertThat(third.getFirst()).startsWith("3/0/0GET /login");
    assertThat(third.getLast()).contains("GET /logout");
  }

  @Test
  void aShorterRunIsAPrefixOfALongerOne() throws Exception {
    Map<String, List<String>> longer = sent(1, false, 400);
    sent(2, false, 150)
        .forEach(
            (user, list) ->
                assertThat(longer.get(user))
                    .startsWith(list.subList(0, list.size() - 1).toArray(String[]::new)));
  }

  @Test
  void tasksAreChosenByWeight() throws Exception {
    Map<String, Long> counts =
        sent(1, false, 3000).values().stream()
            .flatMap(List::stream)
            .collect(
                Collectors.groupingBy(
                    r -> r.replaceAll(".*/([a-z]+).*", "$1"), Collectors.counting()));
    double ratio = (double) counts.getOrDefault("predict", 0L) / counts.getOrDefault("first", 1L);
    assertThat(ratio).isBetween(3.4, 4.7);
    assertThat(counts.get("login")).isEqualTo(7);
    assertThat(counts.get("logout")).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void fewRequestsAreExactToo(int requests) throws Exception {
    assertThat(sent(2, false, requests).values().stream().mapToInt(List::size).sum())
        .isEqualTo(requests);
  }

  @Test
  void capturedValuesAreSentByLaterSteps() throws Exception {
    Extractor token =
        new Extractor() {
          @Override
          public Needs needs() {
            return Needs.BODY;
          }

          @Override
          public @Nullable String extract(Response response) {
            return response.bodyLength() == 0 ? null : response.bodyText();
          }
        };
    ScriptedServer.Script script =
        (request, c) ->
            c.ok(request.target().equals("/login") && request.connection() != 2 ? "a b/ü" : "");
    try (ScriptedServer server = new ScriptedServer(script)) {
      Workloads w = Workloads.to(server.port()).users(2).spawnRate(20).requests(8);
      w.task(
          1,
          w.get("login", "/login", List.of(), List.of(new Capture(0, "token", "$.token", token))),
          w.step(
              "use",
              "GET",
              new Template(
                  List.of(
                      new Template.Literal("/use?t=".getBytes(StandardCharsets.UTF_8)),
                      new Template.Captured(0, Escaping.URL))),
              new RequestTemplate.Empty(),
              List.of(),
              List.of()));
      Merged merged = EngineIT.run(w.build());
      // The second user's answers lack the value, so its sequences end there.
      assertThat(merged.failures())
          .singleElement()
          .satisfies(f -> assertThat(f.reason()).isEqualTo("$.token: nothing to capture as token"))
          .satisfies(f -> assertThat(f.count()).isEqualTo(4));
      assertThat(server.received())
          .filteredOn(r -> r.target().equals("/use?t=a%20b%2F%C3%BC"))
          .hasSize(2);
    }
  }

  @Test
  void rowsTakenOnceEndTheirUsers() throws Exception {
    Dataset.Builder rows = Dataset.builder("people", 0, Dataset.Order.EACH_ONCE, List.of("id"));
    for (int i = 0; i < 50; i++) {
      rows.add(List.of("" + i));
    }
    Dataset people = rows.build();
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok(""))) {
      Workloads w = Workloads.to(server.port()).users(7).lasting(Duration.ofSeconds(30));
      w.task(
          1,
          w.step(
              "row",
              "POST",
              Template.of("/row"),
              new RequestTemplate.Json(people.row(), Draw.ROOT),
              List.of(),
              List.of()));
      w.task(1, w.get("other", "/other", List.of(), List.of()));
      Workload built = w.build();
      Workload workload =
          new Workload(
              built.seed(),
              built.target(),
              built.loads(),
              built.scenarios(),
              built.series(),
              List.of(people));
      for (int i = 0; i < 2; i++) {
        EngineIT.run(workload, new Share(i, 2), TRACED);
      }
      List<String> sent =
          server.received().stream()
              .filter(r -> r.target().equals("/row"))
              .map(ScriptedServer.Received::body)
              .toList();
      assertThat(sent).hasSize(50).doesNotHaveDuplicates();
    }
  }

  @Test
  void headersBodyAndLengthAreAsHttpAsks() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok(""))) {
      Workloads w = Workloads.to(server.port()).requests(30);
      w.task(1, post(w, "json", "/json"));
      w.task(
          1,
          w.step(
              "form",
              "POST",
              Template.of("/form"),
              new RequestTemplate.Text(Template.of("a=1"), "application/x-www-form-urlencoded"),
              List.of(),
              List.of()));
      w.task(1, w.get("get", "/get", List.of(), List.of()));
      EngineIT.run(w.build());
      for (ScriptedServer.Received r : server.received()) {
        assertThat(r.headers()).containsEntry("host", "127.0.0.1:" + server.port());
        assertThat(r.headers()).containsEntry("user-agent", "squall/dev");
        assertThat(r.headers()).doesNotContainKey("x-squall-user");
        switch (r.method() + r.target().replaceAll("\\?.*", "")) {
          case "POST/json" -> {
            assertThat(r.headers()).containsEntry("content-type", "application/json");
            assertThat(r.body()).matches("\\{\"age\":\\d\\d,\"name\":\"[a-z]{8}\"}");
          }
          case "POST/form" ->
              assertThat(r.headers())
                  .containsEntry("content-type", "application/x-www-form-urlencoded");
          default -> assertThat(r.headers()).doesNotContainKey("content-length");
        }
      }
    }
  }
}
