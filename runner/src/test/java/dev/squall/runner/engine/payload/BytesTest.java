package dev.squall.runner.engine.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Property
  void decimalsAreAsTheJdkWritesThem(@ForAll long value, @ForAll @IntRange(max = 15) int decimals) {
    Bytes out = new Bytes(0);
    out.decimal(value);
    out.write(' ');
    out.decimal(value, decimals);
    assertThat(out).hasToString(value + " " + BigDecimal.valueOf(value, decimals).toPlainString());
  }

  @Property
  void textIsUtf8(@ForAll String text) {
    Bytes out = new Bytes(1);
    out.text(text);
    assertThat(out.toArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    out.clear();
    text.codePoints().filter(c -> c < 0xD800 || c > 0xDFFF).forEach(out::codePoint);
    StringBuilder valid = new StringBuilder();
    text.codePoints().filter(c -> c < 0xD800 || c > 0xDFFF).forEach(valid::appendCodePoint);
    assertThat(out).hasToString(valid.toString());
  }

  @Property
  void formsAndQueriesDecodeToTheSame(@ForAll String text) {
    String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    for (Escaping escaping : new Escaping[] {Escaping.FORM, Escaping.URL}) {
      String escaped = escape(escaping, valid);
      assertThat(escaped).matches("[-A-Za-z0-9._~%+]*");
      assertThat(URLDecoder.decode(escaped, StandardCharsets.UTF_8)).isEqualTo(valid);
    }
  }

  private static String escape(Escaping escaping, String text) {
    Bytes out = new Bytes(1);
    out.text("before ");
    int from = out.length();
    out.text(text);
    escaping.apply(out, from);
    assertThat(out.toString()).startsWith("before ");
    return out.toString().substring(7);
  }

  @Test
  void whatWouldEndALineIsGone() {
    assertThat(escape(Escaping.HEADER, "a\r\nX: b\0ü")).isEqualTo("a  X: b ü");
    assertThat(escape(Escaping.PATH, "/a b?c=d&e=/\r\nü#%20"))
        .isEqualTo("/a%20b?c=d&e=/%0D%0A%C3%BC%23%20");
    assertThat(escape(Escaping.JSON, "\"\\\n\u0001")).isEqualTo("\\\"\\\\\\n\\u0001");
    assertThat(escape(Escaping.NONE, "\r\n")).isEqualTo("\r\n");
  }
}
