package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redirects that are followed, cookies that are kept. */
@Timeout(180)
class BrowsingIT {
  private static final int REQUESTS = 20;

  /** Answers /N with a redirect to the next, up to /4; any other path with its method and body. */
  private static void chain(ScriptedServer.Received request, ScriptedServer.Connection c)
      throws java.io.IOException {
    String status = request.headers().getOrDefault("x-status", "302 Found");
    switch (request.target()) {
      case "/1" -> redirect(c, status, "/2?a=%20b");
      case "/2?a=%20b" ->
          redirect(c, status, "http://127.0.0.1:" + c.socket.getLocalPort() + "/x/3");
      case "/x/3" -> redirect(c, status, "4#part");
      case "/loop" -> redirect(c, status, "/loop");
      case "/away" -> redirect(c, status, "http://127.0.0.1:1/");
      case "/https" -> redirect(c, status, "https://127.0.0.1:" + c.socket.getLocalPort() + "/");
      case "/bad" -> redirect(c, status, "http://[");
      case "/nowhere" -> c.write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");
      case "/close" ->
          c.write(
              "HTTP/1.1 302 F\r\nLocation: /x/4\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      default -> c.ok(request.method() + request.body());
    }
  }

  private static void redirect(ScriptedServer.Connection c, String status, String location)
      throws java.io.IOException {
    c.write(
        "HTTP/1.1 " + status + "\r\nLocation: " + location + "\r\nContent-Length: 3\r\n\r\nxyz");
  }

  private static Workload workload(
      int port, String method, String path, String status, int redirects) {
    Series series = new Series(0, "t", method);
    RequestTemplate.Body body =
        method.equals("POST")
            ? new RequestTemplate.Text(Template.of("body"), "text/plain")
            : new RequestTemplate.Empty();
    RequestTemplate request =
        new RequestTemplate(
            method,
            Template.of(path),
            List.of(new RequestTemplate.Header("X-Status", Template.of(status))),
            body,
            Duration.ofSeconds(20).toNanos(),
            redirects,
            null);
    return Workloads.to(port)
        .users(2)
        .requests(REQUESTS)
        .with(series, new Step(series, request, List.of(Workloads.BELOW_400), List.of()))
        .build();
  }

  @ParameterizedTest(name = "{0} {1} becomes {2}")
  @CsvSource({
    "GET, 301 Moved, GET, ''",
    "GET, 307 Temporary, GET, ''",
    "POST, 301 Moved, GET, ''",
    "POST, 302 Found, GET, ''",
    "POST, 303 See Other, GET, ''",
    "POST, 307 Temporary, POST, body",
    "POST, 308 Permanent, POST, body",
    "PUT, 302 Found, PUT, ''",
    "PUT, 303 See Other, GET, ''"
  })
  void redirectsAreFollowedToTheEndAndAreOneRequest(
      String method, String status, String last, String body) throws Exception {
    try (ScriptedServer server = new ScriptedServer(BrowsingIT::chain)) {
      Merged merged = EngineIT.run(workload(server.port(), method, "/1", status, 3));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(REQUESTS);
      assertThat(server.requests()).isEqualTo(4 * REQUESTS);
      Map<String, Long> targets =
          server.received().stream()
              .collect(
                  Collectors.groupingBy(ScriptedServer.Received::target, Collectors.counting()));
      assertThat(targets.keySet()).isEqualTo(Set.of("/1", "/2?a=%20b", "/x/3", "/x/4"));
      assertThat(server.received())
          .filteredOn(r -> r.target().equals("/x/4"))
          .allSatisfy(r -> assertThat(r.method() + r.body()).isEqualTo(last + body))
          .allSatisfy(r -> assertThat(r.headers()).containsKey("x-status"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/loop, 5, redirected more often than followRedirects allows, 6",
    "/away, 1, redirected away from the target, 1",
    "/https, 1, redirected away from the target, 1",
    "/bad, 1, redirected to what is no URL, 1"
  })
  void whereItCannotGoIsAFailure(String path, int redirects, String reason, int each)
      throws Exception {
    try (ScriptedServer server = new ScriptedServer(BrowsingIT::chain)) {
      Merged merged = EngineIT.run(workload(server.port(), "GET", path, "302 Found", redirects));
      assertThat(merged.failures()).hasSize(1);
      assertThat(merged.failures().getFirst().kind()).isEqualTo(FailureKind.EXPECTATION);
      assertThat(merged.failures().getFirst().reason()).isEqualTo(reason);
      assertThat(merged.failedRequests()).isEqualTo(REQUESTS);
      assertThat(server.requests()).isEqualTo(each * REQUESTS);
    }
  }

  @ParameterizedTest
  @CsvSource({"/1, 0, 1", "/nowhere, 5, 1", "/close, 1, 2", "/x/4, 1, 1"})
  void anAnswerThatLeadsNowhereIsJudgedItself(String path, int redirects, int each)
      throws Exception {
    try (ScriptedServer server = new ScriptedServer(BrowsingIT::chain)) {
      Merged merged = EngineIT.run(workload(server.port(), "GET", path, "302 Found", redirects));
      assertThat(merged.failures()).isEmpty();
      assertThat(server.requests()).isEqualTo(each * REQUESTS);
    }
  }

  @Test
  void eachUserSendsItsOwnCookiesBackAndNoOthers() throws Exception {
    ScriptedServer.Script script =
        (request, c) -> {
          String user = request.user();
          c.write(
              "HTTP/1.1 200 OK\r\nSet-Cookie: session="
                  + user
                  + "; Max-Age=100; HttpOnly\r\nset-cookie: path=no; Path=/elsewhere\r\n"
                  + "Set-Cookie: gone=1; Max-Age=0\r\nSet-Cookie: safe=1; Secure\r\n"
                  + "Set-Cookie: foreign=1; Domain=example.com\r\nContent-Length: 0\r\n\r\n");
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Workload workload =
          Workloads.to(server.port()).users(5).requests(50).cookies().get("/a").build();
      Merged merged =
          EngineIT.run(
              workload,
              Share.whole(),
              TestedOptions.ofEnvironment().withEventLoops(2).withTraceHeaders(true));
      assertThat(merged.failures()).isEmpty();
      Map<String, List<ScriptedServer.Received>> byUser =
          server.received().stream().collect(Collectors.groupingBy(ScriptedServer.Received::user));
      assertThat(byUser).hasSize(5);
      byUser.forEach(
          (user, sent) -> {
            assertThat(sent.getFirst().headers()).doesNotContainKey("cookie");
            assertThat(sent.subList(1, sent.size()))
                .allSatisfy(
                    r -> assertThat(r.headers()).containsEntry("cookie", "session=" + user));
          });
    }
  }
}
