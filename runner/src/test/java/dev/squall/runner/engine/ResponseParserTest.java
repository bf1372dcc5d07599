package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseParserTest {
  private static final int MAX_BODY = 64;

  /** What became of an answer; "" where there is no error. */
  record Outcome(
      boolean complete, String error, int status, String body, long bytes, boolean keepAlive) {}

  private static Outcome ok(int status, String body, boolean keepAlive) {
    return new Outcome(true, "", status, body, body.length(), keepAlive);
  }

  private static Outcome broken(String error) {
    return new Outcome(false, error, 0, "", 0, false);
  }

  static Stream<Arguments> answers() {
    String h = "HTTP/1.1 200 OK\r\n";
    return Stream.of(
        // A fixed length, and none left for a body.
        Arguments.of(h + "Content-Length: 5\r\n\r\nhello", false, ok(200, "hello", true)),
        Arguments.of(h + "content-length:  0 \r\n\r\n", false, ok(200, "", true)),
        // Bare line feeds, no reason phrase, unknown headers, an empty value.
        Arguments.of("HTTP/1.1 201\nX:\nContent-Length: 1\n\nx", false, ok(201, "x", true)),
        // The connection's life.
        Arguments.of(
            h + "Connection: close\r\nContent-Length: 1\r\n\r\nx", false, ok(200, "x", false)),
        Arguments.of(
            h + "Connection: foo , CLOSE\r\nContent-Length: 1\r\n\r\nx",
            false,
            ok(200, "x", false)),
        Arguments.of("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", false, ok(200, "x", false)),
        Arguments.of(
            "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\nx",
            false,
            ok(200, "x", true)),
        // Chunks: one, several, with extensions, with trailers, with a gzip coding inside.
        Arguments.of(
            h + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            false,
            ok(200, "hello", true)),
        Arguments.of(
            h
                + "Transfer-Encoding: gzip, Chunked\r\n\r\nA;a=b\r\n0123456789\r\n1\r\nx\r\n0\r\nT: 1\r\n\r\n",
            false,
            ok(200, "0123456789x", true)),
        Arguments.of(
            h + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\nx\r\n0\r\n\r\n",
            false,
            ok(200, "x", false)),
        // Answers without a body whatever the headers say.
        Arguments.of("HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n", false, ok(204, "", true)),
        Arguments.of("HTTP/1.1 304 No\r\n\r\n", false, ok(304, "", true)),
        Arguments.of(h + "Content-Length: 5\r\n\r\n", true, ok(200, "", true)),
        Arguments.of(h + "Transfer-Encoding: chunked\r\n\r\n", true, ok(200, "", true)),
        // Interim answers before the final one.
        Arguments.of(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nContent-Length: 9\r\n\r\n"
                + h
                + "Content-Length: 1\r\n\r\nx",
            false,
            ok(200, "x", true)),
        // To the end of the connection.
        Arguments.of(h + "\r\nuntil the end", false, ok(200, "until the end", false)),
        Arguments.of(
            h + "Transfer-Encoding: gzip\r\n\r\nuntil the end",
            false,
            ok(200, "until the end", false)),
        // Not HTTP, or not well-formed.
        Arguments.of("SSH-2.0-OpenSSH_9.2p1\r\n", false, broken("not an HTTP/1 status line")),
        Arguments.of("\r\n\r\n", false, broken("not an HTTP/1 status line")),
        Arguments.of("HTTP/2.0 200 OK\r\n", false, broken("not an HTTP/1 status line")),
        Arguments.of("HTTP/1.1 2x0 OK\r\n", false, broken("status is not three digits")),
        Arguments.of("HTTP/1.1 2000 OK\r\n", false, broken("status is not three digits")),
        Arguments.of("HTTP/1.1 099 OK\r\n", false, broken("status is not three digits")),
        Arguments.of(
            "HTTP/1.1 101 Switch\r\n\r\n",
            false,
            broken("status 101 without an upgrade asked for")),
        Arguments.of(h + "no colon\r\n", false, broken("header line without a name and a colon")),
        Arguments.of(h + "space : x\r\n", false, broken("header line without a name and a colon")),
        Arguments.of(h + "Content-Length: x\r\n", false, broken("Content-Length is not a number")),
        Arguments.of(h + "Content-Length: -1\r\n", false, broken("Content-Length is not a number")),
        Arguments.of(
            h + "Content-Length: 99999999999999999999\r\n",
            false,
            broken("Content-Length is not a number")),
        Arguments.of(
            h + "Content-Length: 1\r\nContent-Length: 2\r\n",
            false,
            broken("two different Content-Length headers")),
        Arguments.of(
            h + "Content-Length:\r\n 5\r\n", false, broken("Content-Length is not a number")),
        Arguments.of(h + "Connection: a\r\n close\r\n", false, broken("folded framing header")),
        Arguments.of(
            h + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
            false,
            broken("chunk size is not a hexadecimal number")),
        Arguments.of(
            h + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
            false,
            broken("chunk size too large")),
        Arguments.of(
            h + "Transfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n",
            false,
            broken("chunk longer than its size")),
        Arguments.of(
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            false,
            broken("Transfer-Encoding in HTTP/1.0")),
        // Larger than what is kept.
        Arguments.of(
            h + "Content-Length: 65\r\n\r\n",
            false,
            broken("body over 64 bytes, and a check needs it")),
        Arguments.of(
            h + "Transfer-Encoding: chunked\r\n\r\n40\r\n" + "x".repeat(64) + "\r\n1\r\nx",
            false,
            broken("body over 64 bytes, and a check needs it")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void readsTheSameWhereverTheBytesAreSplit(String answer, boolean toHead, Outcome expected) {
    byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
    ResponseParser parser = new ResponseParser(Lines.window(), MAX_BODY);
    for (int split = 0; split <= bytes.length; split++) {
      assertThat(outcome(parser, toHead, bytes, split))
          .as("split at %d", split)
          .isEqualTo(expected);
    }
    assertThat(outcome(parser, toHead, bytes, -1)).as("byte by byte").isEqualTo(expected);
  }

  private static Outcome outcome(ResponseParser parser, boolean toHead, byte[] bytes, int split) {
    parser.begin(toHead, Needs.BODY, null);
    if (split < 0) {
      for (byte b : bytes) {
        read(parser, new byte[] {b});
      }
    } else {
      read(parser, java.util.Arrays.copyOf(bytes, split));
      read(parser, java.util.Arrays.copyOfRange(bytes, split, bytes.length));
    }
    String error = Objects.requireNonNullElse(parser.error(), "");
    if (!error.isEmpty()) {
      return broken(error);
    }
    return new Outcome(
        parser.end(),
        "",
        parser.status(),
        look(parser).bodyText(),
        parser.contentBytes(),
        parser.keepAlive());
  }

  private static Response look(ResponseParser parser) {
    ParsedResponse response = new ParsedResponse();
    assertThat(response.look(parser, 0)).isNull();
    return response;
  }

  private static void read(ResponseParser parser, byte[] piece) {
    ByteBuf in = Unpooled.directBuffer().writeBytes(piece);
    boolean complete = parser.read(in);
    assertThat(complete || parser.error() != null || !in.isReadable()).isTrue();
    in.release();
  }

  @Test
  void stopsAtTheEndOfTheAnswer() {
    ResponseParser parser = new ResponseParser(Lines.window(), MAX_BODY);
    ByteBuf in =
        Unpooled.copiedBuffer("HTTP/1.1 204 No\r\n\r\nHTTP/1.1", StandardCharsets.US_ASCII);
    parser.begin(false, Needs.STATUS, null);
    assertThat(parser.read(in)).isTrue();
    assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1");
  }

  @Test
  void anEndInMidAnswerCompletesNothing() {
    ResponseParser parser = new ResponseParser(Lines.window(), MAX_BODY);
    for (String half :
        new String[] {
          "",
          "HTTP/1.1 2",
          "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
        }) {
      parser.begin(false, Needs.BODY, null);
      read(parser, half.getBytes(StandardCharsets.US_ASCII));
      assertThat(parser.end()).as(half).isFalse();
      assertThat(parser.started()).isEqualTo(!half.isEmpty());
    }
  }

  @Test
  void anEndlessHeadIsRefused() {
    ResponseParser parser = new ResponseParser(Lines.window(), MAX_BODY);
    parser.begin(false, Needs.STATUS, null);
    read(parser, "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] line = ("X-Filler: " + "x".repeat(990)).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 100 && parser.error() == null; i++) {
      read(parser, line);
    }
    assertThat(parser.error()).isEqualTo("head over 65536 bytes");
  }

  @Test
  void manyChunksAreNoLongHead() {
    ResponseParser parser = new ResponseParser(Lines.window(), MAX_BODY);
    parser.begin(false, Needs.STATUS, null);
    StringBuilder answer =
        new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    answer.append("1\r\nx\r\n".repeat(50_000)).append("0\r\n\r\n");
    read(parser, answer.toString().getBytes(StandardCharsets.US_ASCII));
    assertThat(parser.end()).isTrue();
    assertThat(parser.contentBytes()).isEqualTo(50_000);
  }

  @Test
  void headersAreFoundByNameInAnyCase() {
    ResponseParser parser = new ResponseParser(Lines.window(), MAX_BODY);
    parser.begin(false, Needs.HEADERS, null);
    read(
        parser,
        "HTTP/1.1 200 OK\r\nX-One:  a b \r\nx-one: c\r\nX-One-More: d\r\nContent-Length: 0\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    Response response = look(parser);
    assertThat(response.header("x-ONE")).isEqualTo("a b");
    assertThat(response.header("X-One-More")).isEqualTo("d");
    assertThat(response.header("X")).isNull();
  }
}
