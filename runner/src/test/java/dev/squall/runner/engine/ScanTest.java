package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScanTest {
  private static final int MOST = 40;

  @Test
  void findsTheFirstWhereverItIs() {
    for (int length = 0; length <= MOST; length++) {
      for (int from = 0; from <= length; from++) {
        for (int at = from; at < length; at++) {
          byte[] bytes = new byte[length];
          bytes[at] = '\n';
          bytes[length - 1] = '\n';
          assertThat(Scan.next(bytes, from, length, Scan.LINE_FEED)).isEqualTo(at);
        }
        assertThat(Scan.next(new byte[length], from, length, Scan.LINE_FEED)).isEqualTo(length);
      }
    }
  }

  @Test
  void saysNothingOfWhatFollows() {
    byte[] bytes = "name\n: value\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertThat(Scan.next(bytes, 0, 3, Scan.LINE_FEED)).isEqualTo(3);
    assertThat(Scan.next(bytes, 0, 4, Scan.COLON)).isEqualTo(4);
    assertThat(Scan.next(bytes, 0, 12, Scan.COLON)).isEqualTo(5);
  }

  @Test
  void agreesWithLookingAtOneByOne() {
    Random random = new Random(7);
    // Beside the byte itself those that differ from it by one bit, or by a carry.
    byte[] likely = {'\n', '\n' + 1, '\n' - 1, (byte) ('\n' | 0x80), 0, -1, ':', ':' + 1};
    for (int n = 0; n < 20_000; n++) {
      byte[] bytes = new byte[random.nextInt(MOST)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = likely[random.nextInt(likely.length)];
      }
      int to = random.nextInt(bytes.length + 1);
      int from = random.nextInt(to + 1);
      int colon = from;
      while (colon < to && bytes[colon] != ':') {
        colon++;
      }
      assertThat(Scan.next(bytes, from, to, Scan.COLON)).isEqualTo(colon);
    }
  }
}
