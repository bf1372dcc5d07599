package dev.squall.runner.rehearsal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Http1RequestsTest {
  private static final String STREAM =
      "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
          + "POST /x HTTP/1.1\r\nContent-Length: 5\r\nHost: a\r\n\r\n\r\n\r\nx"
          + "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"
          + "PUT / HTTP/1.1\r\ncontent-length: 0\r\n\r\n";

  /** Lengths of the answers to a stream that comes in pieces of one size. */
  private static List<Integer> answers(int piece) {
    Requests requests = new Http1Requests();
    List<Integer> answers = new ArrayList<>();
    byte[] all = STREAM.getBytes(US_ASCII);
    for (int at = 0; at < all.length; at += piece) {
      ByteBuffer in = ByteBuffer.wrap(all, at, Math.min(piece, all.length - at));
      while (in.hasRemaining()) {
        if (requests.read(in) == Requests.Due.ANSWER) {
          answers.add(requests.answer().remaining());
        }
      }
    }
    return answers;
  }

  @Test
  void eachRequestIsFoundHoweverItsBytesCome() {
    List<Integer> whole = answers(STREAM.length());
    assertThat(whole).hasSize(4);
    // A HEAD's answer has no body.
    assertThat(whole.get(2)).isEqualTo(whole.get(0) - 2);
    for (int piece = 1; piece < STREAM.length(); piece++) {
      assertThat(answers(piece)).isEqualTo(whole);
    }
  }
}
