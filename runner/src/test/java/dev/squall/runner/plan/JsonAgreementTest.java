package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.v1alpha1.JsonExpectation;
import dev.squall.api.v1alpha1.JsonLiteral;
import dev.squall.api.v1alpha1.Range;
import dev.squall.runner.engine.Capture;
import dev.squall.runner.engine.Check;
import dev.squall.runner.engine.Response;
import dev.squall.runner.engine.json.JsonPaths;
import dev.squall.runner.engine.json.JsonScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks and captures by a scan of the bytes give the same answer as those by Jayway on Jackson.
 */
class JsonAgreementTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> PATHS =
      List.of(
          "$",
          "$.a",
          "$.b",
          "$['a']",
          "$.a.b",
          "$.a.a.b",
          "$['\u00e9']",
          "$['x y']",
          "$[0]",
          "$[1].a",
          "$.a[0]",
          "$.a[2]",
          "$.b[1][0]",
          "$.a[0].b",
          "$['\ud83d\ude00']",
          "$['']",
          "$.ab",
          "$.missing.a");
  private static final List<String> WANTED =
      List.of(
          "\"clear\"",
          "\"\u00e9\"",
          "\"\ud83d\ude00\"",
          "\"\u20ac\"",
          "\"\"",
          "\"a\\tb\"",
          "\"\\\\\"",
          "\"3\"",
          "3",
          "3.0",
          "-3",
          "0",
          "0.25",
          "0.1",
          "0.30000000000000004",
          "100",
          "1e2",
          "123456789012345678",
          "1234567890123456789",
          "12345678901234567890123",
          "9007199254740992",
          "0.7312345678901234",
          "1",
          "6.2",
          "4.9e-324",
          "true",
          "false",
          "null");

  private static final List<Check> PARSING = new ArrayList<>();
  private static final List<Check> SCANNING = new ArrayList<>();
  private static final List<Capture> TAKEN_BY_PARSING = new ArrayList<>();
  private static final List<Capture> TAKEN_BY_SCANNING = new ArrayList<>();

  static {
    ScannedPaths scanned = ScannedPaths.of(PATHS.stream());
    ScannedPaths none = ScannedPaths.of(Stream.of());
    for (String path : PATHS) {
      expectations(path)
          .forEach(
              spec -> {
                JsonCheck parsing = JsonCheck.compile(spec);
                PARSING.add(parsing);
                Check scanning =
                    ScannedJsonCheck.compile(
                        spec, parsing, scanned.place(parsing.path()).orElseThrow());
                assertThat(scanning).isInstanceOf(ScannedJsonCheck.class);
                SCANNING.add(scanning);
              });
      var spec = new dev.squall.api.v1alpha1.Capture("c", path, null, null);
      TAKEN_BY_PARSING.add(Captures.compile(0, spec, none));
      TAKEN_BY_SCANNING.add(Captures.compile(0, spec, scanned));
    }
  }

  private static Stream<JsonExpectation> expectations(String path) {
    Stream<JsonExpectation> equal =
        WANTED.stream().map(w -> new JsonExpectation(path, literal(w), null, null, null));
    return Stream.concat(
        equal,
        Stream.of(
            new JsonExpectation(
                path, null, List.of(literal("\"heart-disease\""), literal("3")), null, null),
            new JsonExpectation(path, null, null, new Range(0.0, 1.0), null),
            new JsonExpectation(path, null, null, new Range(0.25, 0.7312345678901234), null),
            new JsonExpectation(path, null, null, new Range(null, -3.0), null),
            new JsonExpectation(path, null, null, new Range(9007199254740992.0, null), null),
            new JsonExpectation(path, null, null, null, true),
            new JsonExpectation(path, null, null, null, false)));
  }

  private static JsonLiteral literal(String json) {
    try {
      JsonNode value = JSON.readTree(json);
      return new JsonLiteral(value);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static final class Answer implements Response {
    private final byte[] body;
    private final String text;
    private final JsonScan scan = new JsonScan();
    private boolean scanned;

    Answer(byte[] body) {
      this.body = body;
      this.text = new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public byte[] body() {
      return body;
    }

    @Override
    public String bodyText() {
      return text;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public long responseTimeNanos() {
      return 1;
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public int bodyLength() {
      return body.length;
    }

    @Override
    public JsonScan json(JsonPaths paths) {
      // All checks here have the same paths.
      if (!scanned) {
        scanned = true;
        scan.read(paths, body, body.length);
      }
      return scan;
    }
  }

  /** Fails at the first difference; whether the document was JSON. */
  private static boolean agree(byte[] document) {
    Answer answer = new Answer(document);
    for (int i = 0; i < PARSING.size(); i++) {
      Object parsed = PARSING.get(i).check(answer);
      Object scanned = SCANNING.get(i).check(answer);
      if (!Objects.equals(parsed, scanned)) {
        assertThat(scanned).as("check %d of <%s>", i, answer.bodyText()).isEqualTo(parsed);
      }
    }
    for (int i = 0; i < TAKEN_BY_PARSING.size(); i++) {
      Object parsed = TAKEN_BY_PARSING.get(i).extractor().extract(answer);
      Object scanned = TAKEN_BY_SCANNING.get(i).extractor().extract(answer);
      if (!Objects.equals(parsed, scanned)) {
        assertThat(scanned).as("%s of <%s>", PATHS.get(i), answer.bodyText()).isEqualTo(parsed);
      }
    }
    return answer.scan.outcome() == JsonScan.Outcome.JSON;
  }

  @Test
  void onGeneratedDocuments() {
    JsonDocuments documents = new JsonDocuments(1);
    for (int i = 0; i < 5_000; i++) {
      assertThat(agree(documents.next())).isTrue();
    }
  }

  @Test
  void onDocumentsWithBytesChanged() {
    JsonDocuments documents = new JsonDocuments(2);
    int json = 0;
    for (int i = 0; i < 10_000; i++) {
      json += agree(documents.changed()) ? 1 : 0;
    }
    assertThat(json).as("documents that were JSON still").isBetween(1_000, 9_000);
  }

  static Stream<String> oddities() {
    return Stream.of(
        // Nothing, white space of all kinds, a byte order mark.
        "",
        " ",
        "\t\n",
        "\u000b1",
        "\u00a01",
        "\ufeff{}",
        // What follows the first value, and what does not separate from it.
        "1 2",
        "1,",
        "1]",
        "12abc",
        "1\"a\"",
        "1:",
        "{} x",
        "[] ]",
        "\"a\"x",
        "true x",
        "truex",
        "true:",
        "true=",
        "true\u00e9",
        "true\"",
        "true]",
        "true}",
        "true{",
        "true_",
        "true$",
        "true/",
        "true\u007f",
        "null1",
        "nul",
        // Commas, colons, quotes, names.
        "[1,]",
        "[,1]",
        "[,]",
        "[1 2]",
        "[1,,2]",
        "{\"a\":1,}",
        "{,}",
        "{\"a\" 1}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\"}",
        "{1:2}",
        "[",
        "{",
        "]",
        "}",
        "[}",
        "{]",
        "[1",
        "{\"a\":1",
        "{\"a\":",
        "{\"a\"",
        // Numbers.
        "-",
        "+1",
        ".5",
        "5.",
        "01",
        "-01",
        "00",
        "0x10",
        "1e",
        "1e+",
        "1.e1",
        "1.5.5",
        "- 1",
        "NaN",
        "Infinity",
        "-Infinity",
        "--1",
        "1-",
        "[1-]",
        "[01]",
        "[-]",
        "[1.]",
        "[1e5e5]",
        "{\"a\":00}",
        // Strings.
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\uD83D\"",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"\u0000\"",
        "\"\\",
        "\"\\u",
        "'a'",
        "\"\\'\"",
        "{\"a\\x\":1}",
        // Words, comments.
        "True",
        "tru",
        "nulll",
        "[nulll]",
        "[true false]",
        "/* */ 1",
        "1 // x",
        "# 1",
        "[/**/1]",
        // The same key twice, and deeper.
        "{\"a\":{\"b\":1},\"a\":{}}",
        "{\"a\":{},\"a\":{\"b\":3}}",
        "{\"a\":3,\"\\u0061\":\"clear\"}",
        "{\"a\":{\"b\":3},\"a\":3}",
        "{\"a\":[{\"b\":3}],\"a\":null}",
        "{\"a\":{\"a\":{\"b\":3},\"a\":1}}",
        // Past the scan's own limits.
        "[".repeat(300) + "]".repeat(300),
        "{\"a\":".repeat(300) + "3" + "}".repeat(300),
        "[".repeat(2000),
        "{\"b\":" + "1".repeat(600) + ",\"a\":3}",
        "{\"b\":" + "1".repeat(1200) + ",\"a\":3}",
        "{\"b\":0." + "1".repeat(1200) + "}",
        "{\"" + "k".repeat(45_000) + "\":1,\"a\":3}",
        "{\"" + "k".repeat(55_000) + "\":1,\"a\":3}",
        "{\"a\":\"" + "k".repeat(200_000) + "\",\"b\":3}",
        "[" + "1,".repeat(20_000) + "3]",
        " ".repeat(50_000) + "3");
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void onOddities(String document) {
    agree(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void onBytesThatAreNotUtf8() {
    for (String hex : List.of("C3", "E282", "F09F98", "FF", "80", "EDA0BD", "C080", "C3C3A9")) {
      byte[] bad = java.util.HexFormat.of().parseHex(hex);
      for (String around :
          List.of("\"%\"", "{\"a\":\"%\"}", "{\"%\":3,\"a\":3}", "{\"a\":%}", "%3", "3%")) {
        String[] parts = around.split("%", -1);
        byte[] before = parts[0].getBytes(StandardCharsets.UTF_8);
        byte[] after = parts[1].getBytes(StandardCharsets.UTF_8);
        byte[] document = new byte[before.length + bad.length + after.length];
        System.arraycopy(before, 0, document, 0, before.length);
        System.arraycopy(bad, 0, document, before.length, bad.length);
        System.arraycopy(after, 0, document, before.length + bad.length, after.length);
        agree(document);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$..a",
        "$.*",
        "$[*]",
        "$[-1]",
        "$[0,1]",
        "$[0:2]",
        "$[?(@.a)]",
        "$.a.length()",
        "$['a','b']",
        "$['a\\'b']",
        "$['\ufffd']",
        "$['a[0]']"
      })
  void whatIsNotPlainIsLeftToJayway(String path) {
    assertThat(ScannedPaths.of(Stream.of(path)).place(new CompiledPath(path))).isEmpty();
  }
}
