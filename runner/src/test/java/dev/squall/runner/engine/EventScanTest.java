package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventScanTest {
  private final EventScan scan = new EventScan();

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  private int read(byte[] bytes, int from, int to) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    return scan.read(in, from, to - from);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        // The two usual line ends, and the third that the standard allows.
        "'data: a\\n\\n', 1",
        "'data: a\\r\\n\\r\\n', 1",
        "'data: a\\r\\r', 1",
        // Mixed within one event and from one to the next.
        "'data: a\\r\\n\\ndata: b\\n\\r\\ndata: c\\r\\n\\r', 3",
        // Several lines of data, and other fields beside them, are one event.
        "'id: 1\\nevent: token\\ndata: a\\ndata: b\\n\\n', 1",
        "'data: a\\nretry: 10\\n\\n', 1",
        // Comments keep a connection alive, and are no events.
        "': ping\\n\\n: ping\\n\\n', 0",
        "': ping\\ndata: a\\n\\n', 1",
        // Without data nothing is dispatched.
        "'event: done\\n\\n', 0",
        "'id: 4\\n\\n', 0",
        // The field's name alone is an empty value; a longer or indented name is another field.
        "'data\\n\\n', 1",
        "'data:\\n\\n', 1",
        "'database: a\\n\\n', 0",
        "' data: a\\n\\n', 0",
        "'Data: a\\n\\n', 0",
        "'dat\\n\\n', 0",
        "'xdata: a\\n\\n', 0",
        // Further blank lines end nothing.
        "'\\n\\n\\ndata: a\\n\\n\\n\\n', 1",
        // One without its blank line is not there yet.
        "'data: a\\n', 0",
        "'data: a', 0",
        "'data: a\\n\\ndata: b\\n', 1",
        // What is no stream at all.
        "'<html>\\n\\n<p>data: a\\n\\n', 0",
        "'{\"data\": 1}\\n\\n', 0",
      })
  void eventsEndAtABlankLineAfterData(String text, int events) {
    scan.begin();
    byte[] bytes = unescaped(text).getBytes(StandardCharsets.UTF_8);
    assertThat(read(bytes, 0, bytes.length)).isEqualTo(events);
    // The same in two pieces, cut at every byte, and byte by byte.
    for (int cut = 0; cut <= bytes.length; cut++) {
      scan.begin();
      assertThat(read(bytes, 0, cut) + read(bytes, cut, bytes.length))
          .as("cut at %d", cut)
          .isEqualTo(events);
    }
    scan.begin();
    int sum = 0;
    for (int at = 0; at < bytes.length; at++) {
      sum += read(bytes, at, at + 1);
    }
    assertThat(sum).isEqualTo(events);
  }

  @Test
  void anEventIsThereWithItsBlankLineAndNotBefore() {
    scan.begin();
    byte[] bytes = "data: a\n\ndata: b\n\n".getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at++) {
      assertThat(read(bytes, at, at + 1)).as("byte %d", at).isEqualTo(at == 8 || at == 17 ? 1 : 0);
    }
  }

  @Test
  void aByteOrderMarkIsSkippedAndHalfOfOneIsNot() {
    byte[] whole = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'd', 'a', 't', 'a', ':', '\n', '\n'};
    scan.begin();
    assertThat(read(whole, 0, whole.length)).isEqualTo(1);
    byte[] half = {(byte) 0xEF, (byte) 0xBB, 'd', 'a', 't', 'a', ':', '\n', '\n'};
    scan.begin();
    assertThat(read(half, 0, half.length)).isZero();
  }

  @Test
  void anEventOfAnySizeIsOne() {
    scan.begin();
    byte[] piece = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    assertThat(read("data: ".getBytes(StandardCharsets.UTF_8), 0, 6)).isZero();
    for (int i = 0; i < 1000; i++) {
      assertThat(read(piece, 0, piece.length)).isZero();
    }
    assertThat(read("\r\n\r\n".getBytes(StandardCharsets.UTF_8), 0, 4)).isEqualTo(1);
  }

  @Test
  void randomStreamsCountTheSameHoweverTheyAreCut() {
    Random random = new Random(7);
    String letters = "data: \r\n:x";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      int expected = 0;
      for (int e = 0; e < 5; e++) {
        boolean data = random.nextBoolean();
        String end = random.nextBoolean() ? "\n" : "\r\n";
        text.append(data ? "data: x" : ": data").append(end).append(end);
        expected += data ? 1 : 0;
      }
      for (int junk = random.nextInt(20); junk > 0; junk--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      scan.begin();
      int whole = read(bytes, 0, bytes.length);
      assertThat(whole).isGreaterThanOrEqualTo(expected);
      scan.begin();
      int pieces = 0;
      for (int at = 0; at < bytes.length; ) {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(7));
        pieces += read(bytes, at, to);
        at = to;
      }
      assertThat(pieces).as(text.toString()).isEqualTo(whole);
    }
  }
}
