package dev.squall.runner.plan;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** JSON documents at random, and what is left of them after a few bytes changed. */
final class JsonDocuments {
  private static final String[] KEYS = {
    "a", "b", "\u00e9", "x y", "\\u0061", "\\ud83d\\ude00", "\ud83d\ude00", "a\\tb", "", "ab"
  };
  private static final String[] TEXTS = {
    "clear",
    "heart-disease",
    "cle\\u0061r",
    "\u00e9",
    "\\u00E9",
    "\ud83d\ude00",
    "\\uD83D\\uDE00",
    "\\ud83d",
    "\\ude00\\ud83d",
    "",
    "\\\"",
    "\\\\",
    "\\/",
    "a\\tb",
    "a\\nb",
    "\\b\\f\\r",
    "\\u20ac",
    "\u20ac",
    "x".repeat(300),
    "\u007f",
    "\\u0000",
    "3"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "3",
    "3.0",
    "0.3e1",
    "30E-1",
    "-3",
    "0.25",
    "2.5e-1",
    "0.1",
    "0.30000000000000004",
    "0.1000000000000000055511151231257827",
    "1e400",
    "-1e400",
    "1e-400",
    "123456789012345678",
    "1234567890123456789",
    "12345678901234567890123",
    "9007199254740993",
    "9007199254740992.0",
    "0.7312345678901234",
    "0.73123456789012345",
    "1.0",
    "0.99999999999999999",
    "1.0000000000000001",
    "1e2",
    "100",
    "1E+2",
    "1e99999999999",
    "4.9e-324",
    "0e5",
    "0.000",
    "6.2",
    "6.20000000000000018"
  };
  private static final String[] WORDS = {"true", "false", "null"};
  private static final String[] SPACES = {"", "", "", "", " ", "\n", "\t", "\r\n  "};
  private static final byte[] CHANGES =
      "{}[]\",:\\ \n\t0123456789-+.eEtrufalsn/\u0001x\u00e9\ud83d\ude00"
          .getBytes(StandardCharsets.UTF_8);

  private final Random random;

  JsonDocuments(long seed) {
    random = new Random(seed);
  }

  /** A document that is JSON. */
  byte[] next() {
    StringBuilder out = new StringBuilder();
    value(out, 0);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A document with up to three bytes changed, lost or added; often no JSON any more. */
  byte[] changed() {
    byte[] document = next();
    int changes = random.nextInt(1, 4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(document.length + 1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(document, 0, at);
      int kind = random.nextInt(3);
      if (kind != 0) {
        out.write(
            random.nextInt(8) == 0 ? random.nextInt(256) : CHANGES[random.nextInt(CHANGES.length)]);
      }
      int from = kind == 2 ? at : Math.min(document.length, at + 1);
      out.write(document, from, document.length - from);
      document = out.toByteArray();
      if (random.nextInt(20) == 0) {
        document = Arrays.copyOf(document, random.nextInt(document.length + 1));
      }
    }
    return document;
  }

  private void value(StringBuilder out, int depth) {
    space(out);
    switch (random.nextInt(depth > 4 ? 4 : depth == 0 ? 24 : 8)) {
      case 0 -> out.append('"').append(pick(TEXTS)).append('"');
      case 1 -> out.append(pick(NUMBERS));
      case 2 -> out.append(pick(WORDS));
      case 3 -> out.append(random.nextInt()).append('.').append(random.nextInt(1 << 30));
      case 4, 5 -> array(out, depth);
      default -> object(out, depth);
    }
    space(out);
  }

  private void array(StringBuilder out, int depth) {
    out.append('[');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",");
      value(out, depth + 1);
    }
    space(out);
    out.append(']');
  }

  private void object(StringBuilder out, int depth) {
    out.append('{');
    int size = random.nextInt(6);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",");
      space(out);
      // Mostly a and b, so that paths lead somewhere and keys come twice.
      String key = random.nextInt(3) > 0 ? KEYS[random.nextInt(2)] : pick(KEYS);
      out.append('"').append(key).append('"');
      space(out);
      out.append(':');
      value(out, depth + 1);
    }
    space(out);
    out.append('}');
  }

  private void space(StringBuilder out) {
    out.append(pick(SPACES));
  }

  private String pick(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
