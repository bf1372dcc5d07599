package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.RequestTemplate;
import dev.squall.runner.engine.Scenario;
import dev.squall.runner.engine.Series;
import dev.squall.runner.engine.Workload;
import dev.squall.runner.engine.payload.Draw;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests as they are written from their YAML. */
class RequestsTest {
  private static final String PAYLOADS =
      "payloads: [{name: word, value: {constant: {value: 'a b/\"é'}}},"
          + " {name: number, value: {constant: {value: 7}}},"
          + " {name: pair, fields: {b: {constant: {value: 1}}, a: {constant: {value: null}}}},"
          + " {name: pairs, batch: {size: 2}, fields: {b: {constant: {value: 1}}}},"
          + " {name: instances, fields: {instances: {payload: pairs}}}]";

  static Stream<Arguments> requests() {
    return Stream.of(
        // A query goes after the path, its names and values encoded.
        row("{path: /a, query: {q: 'x y&z', 'ä': '1'}}", "GET /a?q=x%20y%26z&%C3%A4=1", ""),
        // A path that has a query already is added to.
        row("{path: '/a?b=1', query: {c: '2'}}", "GET /a?b=1&c=2", ""),
        // A value in a path or query cannot add to its structure.
        row(
            "{path: '/p/${word}', query: {q: '${word}'}}",
            "GET /p/a%20b%2F%22%C3%A9?q=a%20b%2F%22%C3%A9",
            ""),
        // What a request line cannot hold is encoded, the path's own slashes stay.
        row("{path: '/é/a'}", "GET /%C3%A9/a", ""),
        // $${ is the text ${.
        row("{method: POST, path: /, text: 'a $${b} ${number} $5'}", "POST /", "a ${b} 7 $5"),
        row(
            "{method: POST, path: /, form: {a: 'x y', b: '${word}'}}",
            "POST /",
            "a=x+y&b=a+b%2F%22%C3%A9"),
        // A payload as body keeps its fields' order.
        row("{method: PUT, path: /, json: {payload: pair}}", "PUT /", "{\"b\":1,\"a\":null}"),
        // A batch is an array of so many records, also inside of another payload.
        row("{method: POST, path: /, json: {payload: pairs}}", "POST /", "[{\"b\":1},{\"b\":1}]"),
        row(
            "{method: POST, path: /, json: {payload: instances}}",
            "POST /",
            "{\"instances\":[{\"b\":1},{\"b\":1}]}"),
        // References in the strings of a fixed body are escaped for JSON.
        row(
            "{method: POST, path: /, json: {value: {a: ['${word}', 1.50, true, null], b: {}, c: []}}}",
            "POST /",
            "{\"a\":[\"a b/\\\"é\",1.5,true,null],\"b\":{},\"c\":[]}"),
        row("{method: POST, path: /, json: {value: [1, 2]}}", "POST /", "[1,2]"));
  }

  private static Arguments row(String request, String line, String body) {
    return Arguments.of(request, line, body);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void isWritten(String request, String line, String body) {
    RequestTemplate template = Written.only(Written.ofRequest(request, PAYLOADS)).request();

    List<String> lines = Written.lines(template, new Draw(1, 1));

    assertThat(lines).containsExactly(line, body);
  }

  private static String batch(int size, Draw draw) {
    RequestTemplate template =
        Written.only(
                Written.ofRequest(
                    "{method: POST, path: /, json: {payload: rows}}",
                    ("payloads: [{name: rows, batch: {size: %d},"
                            + " fields: {a: {integer: {min: 0, max: 1000000000}}}}]")
                        .formatted(size)))
            .request();
    return Written.lines(template, draw).getLast();
  }

  @Test
  void aRecordOfABatchIsDrawnByItsNumberWhateverTheSize() {
    String eight = batch(8, new Draw(1, 1).at(3, 4, 0));
    String three = batch(3, new Draw(1, 1).at(3, 4, 0));
    assertThat(eight).startsWith(three.substring(0, three.length() - 1) + ",");
    assertThat(eight.replaceAll("[\\[\\]]", "").split(",")).hasSize(8).doesNotHaveDuplicates();
    assertThat(batch(8, new Draw(1, 1).at(3, 5, 0))).isNotEqualTo(eight);
  }

  @Test
  void aNameIsOneValueThroughoutARequest() {
    String payloads = "payloads: [{name: id, value: {uuid: {}}}]";
    RequestTemplate template =
        Written.only(
                Written.ofRequest(
                    "{method: POST, path: '/${id}', headers: {X-Id: '${id}'}, json: {payload: id}}",
                    payloads))
            .request();

    List<String> lines = Written.lines(template, new Draw(1, 1).at(3, 4, 0));

    String id = lines.getFirst().substring("POST /".length());
    assertThat(lines).containsExactly("POST /" + id, "X-Id: " + id, "\"" + id + "\"");
    assertThat(Written.lines(template, new Draw(1, 1).at(3, 5, 0)).getFirst()).doesNotContain(id);
  }

  @Test
  void whatOnStartCapturesIsThereInAllTasksAndEachStepIsARow() {
    Workload workload =
        Written.workload(
            """
            apiVersion: squall.dev/v1alpha1
            kind: LoadTest
            metadata: {name: session}
            spec:
              target: {url: "http://target:8080"}
              loads: [{name: all, users: {count: 1}, requests: 10}]
              scenarios:
                - name: user
                  onStart:
                    - {name: login, request: {path: /login}, captures: [{name: token, header: X-Token}]}
                  tasks:
                    - name: buy
                      steps:
                        - name: look
                          request: {path: "/look", headers: {Authorization: "Token ${token}"}}
                          captures: [{name: item, jsonPath: "$.id"}]
                        - {name: pay, request: {method: POST, path: "/pay/${item}"}}
                  onStop:
                    - {name: logout, request: {path: "/logout?t=${token}"}}
            """);
    Scenario user = workload.scenarios().getFirst();

    assertThat(workload.series())
        .extracting(Series::name)
        .containsExactly("login", "buy/look", "buy/pay", "logout");
    Draw draw = new Draw(1, 1);
    var look = user.tasks().getFirst().steps().get(0);
    var pay = user.tasks().getFirst().steps().get(1);
    var logout = user.onStop().getFirst().steps().getFirst();
    assertThat(Written.lines(look.request(), draw, "t&1", "i"))
        .contains("Authorization: Token t&1");
    assertThat(Written.lines(pay.request(), draw, "t", "i 2")).startsWith("POST /pay/i%202");
    assertThat(Written.lines(logout.request(), draw, "t&1", "")).startsWith("GET /logout?t=t%261");
  }

  @Test
  void tagsLeaveOutTasksAndTheirRows() {
    Workload workload =
        Written.workload(
            """
            apiVersion: squall.dev/v1alpha1
            kind: LoadTest
            metadata: {name: tagged}
            spec:
              target: {url: "http://target:8080/base/"}
              tags: {include: [a, b], exclude: [c]}
              loads: [{name: all, users: {count: 1}, duration: 1m30s, gracefulStop: 0s}]
              scenarios:
                - name: one
                  wait: {constantThroughput: 4}
                  tasks:
                    - {name: kept, tags: [a], request: {path: /}}
                    - {name: excluded, tags: [b, c], request: {path: /}}
                    - {name: untagged, request: {path: /}}
                - {name: two, weight: 0, tasks: [{name: other, request: {path: /}}]}
            """);

    assertThat(workload.series()).extracting(Series::name).containsExactly("kept");
    assertThat(workload.scenarios()).hasSize(1);
    assertThat(workload.target().basePath()).isEqualTo("/base");
    assertThat(workload.loads().getFirst().terms().durationNanos()).hasValue(90_000_000_000L);
    assertThat(workload.scenarios().getFirst().pause())
        .isEqualTo(new dev.squall.runner.engine.Wait.Pacing(250_000_000L));
  }
}
