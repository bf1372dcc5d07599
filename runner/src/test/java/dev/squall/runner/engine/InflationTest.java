package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.payload.Bytes;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InflationTest {
  private static final int MOST = 100_000;
  private static final String TEXT = "{\"diagnosis\":\"clear\"}".repeat(400);

  private final Inflation inflation = new Inflation();

  private static byte[] text() {
    return TEXT.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] plain, boolean bare) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, bare);
    try (OutputStream deflated = new DeflaterOutputStream(out, deflater)) {
      deflated.write(plain);
    }
    deflater.end();
    return out.toByteArray();
  }

  private static Bytes bytes(byte[] of) {
    Bytes bytes = new Bytes(16);
    bytes.write(of);
    return bytes;
  }

  private String decoded(Coding coding, byte[] body) {
    assertThat(inflation.decode(coding, bytes(body), MOST)).isNull();
    return inflation.out().toString();
  }

  @Test
  void eachCodingIsDecodedAgainAndAgain() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(decoded(Coding.GZIP, gzip(text()))).isEqualTo(TEXT);
      assertThat(decoded(Coding.DEFLATE, deflate(text(), false))).isEqualTo(TEXT);
      assertThat(decoded(Coding.DEFLATE, deflate(text(), true))).isEqualTo(TEXT);
      assertThat(decoded(Coding.GZIP, gzip(new byte[0]))).isEmpty();
      assertThat(decoded(Coding.GZIP, new byte[0])).isEmpty();
      assertThat(decoded(Coding.DEFLATE, new byte[0])).isEmpty();
    }
  }

  @Test
  void aGzipBodyMayHaveAllFieldsAndSeveralMembers() throws IOException {
    byte[] plain = gzip(text());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(plain, 0, 3);
    all.write(4 | 8 | 16 | 2);
    all.write(plain, 4, 6);
    all.write(new byte[] {3, 0, 'a', 'b', 'c', 'n', 0, 'c', 'c', 0, 1, 2});
    all.write(plain, 10, plain.length - 10);
    all.write(plain);
    assertThat(decoded(Coding.GZIP, all.toByteArray())).isEqualTo(TEXT + TEXT);
  }

  @Test
  void aBodyCutOffAnywhereIsBroken() throws IOException {
    byte[] gzip = gzip(text());
    byte[] deflate = deflate(text(), false);
    for (int length = 1; length < gzip.length; length++) {
      assertThat(inflation.decode(Coding.GZIP, bytes(Arrays.copyOf(gzip, length)), MOST))
          .isEqualTo(Inflation.BROKEN);
    }
    for (int length = 1; length < deflate.length; length++) {
      assertThat(inflation.decode(Coding.DEFLATE, bytes(Arrays.copyOf(deflate, length)), MOST))
          .isEqualTo(Inflation.BROKEN);
    }
  }

  @Test
  void aChangedByteOfTheDataIsBroken() throws IOException {
    byte[] gzip = gzip(text());
    for (int at = 10; at < gzip.length - 4; at++) {
      byte[] changed = gzip.clone();
      changed[at] ^= 0x10;
      assertThat(inflation.decode(Coding.GZIP, bytes(changed), MOST)).as("byte %d", at).isNotNull();
    }
  }

  @Test
  void aBodyThatGrowsTooLargeIsRefused() throws IOException {
    byte[] bomb = gzip(new byte[10_000_000]);
    assertThat(bomb.length).isLessThan(MOST);
    assertThat(inflation.decode(Coding.GZIP, bytes(bomb), MOST))
        .isEqualTo("body over 100000 bytes when decoded, and a check needs it");
    assertThat(inflation.out().capacity()).isLessThan(10 * MOST);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, GZIP",
    "X-GZIP, GZIP",
    "Deflate, DEFLATE",
    "identity, IDENTITY",
    "'', IDENTITY",
    "br, OTHER",
    "'gzip, deflate', OTHER"
  })
  void aHeadersCodingIsRead(String header, Coding coding) {
    ResponseParser parser = new ResponseParser(Lines.window(), MOST);
    parser.begin(false, Needs.BODY, null);
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Encoding: " + header + "\r\nContent-Length: 0\r\n\r\n";
    assertThat(parser.read(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII))).isTrue();
    assertThat(parser.coding()).isEqualTo(coding);
  }
}
