package dev.squall.runner.engine;

import dev.squall.runner.engine.json.JsonPaths;
import dev.squall.runner.engine.json.JsonScan;
import dev.squall.runner.engine.payload.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The answer that an event loop is looking at; one object for all its answers. */
final class ParsedResponse implements Response {
  private static final byte[] NOTHING = {};

  private @Nullable ResponseParser parser;
  private long responseTimeNanos;
  private @Nullable String bodyText;
  private final JsonScan scan = new JsonScan();
  private @Nullable JsonPaths scanned;

  /** Looks at the answer that a parser has just completed. */
  ParsedResponse of(ResponseParser complete, long responseTime) {
    parser = complete;
    responseTimeNanos = responseTime;
    bodyText = null;
    scanned = null;
    return this;
  }

  private ResponseParser parser() {
    if (parser == null) {
      throw new IllegalStateException("there is no answer yet");
    }
    return parser;
  }

  @Override
  public int status() {
    return parser().status();
  }

  @Override
  public long responseTimeNanos() {
    return responseTimeNanos;
  }

  @Override
  public @Nullable String header(String name) {
    Bytes lines = parser().headers();
    if (lines == null) {
      return null;
    }
    byte[] bytes = lines.array();
    byte[] lower = name.toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    int from = 0;
    while (from < lines.length()) {
      int end = from;
      while (bytes[end] != '\n') {
        end++;
      }
      int colon = from + lower.length;
      if (colon < end && bytes[colon] == ':' && Head.matches(bytes, from, colon, lower)) {
        return new String(bytes, colon + 1, end - colon - 1, StandardCharsets.UTF_8).strip();
      }
      from = end + 1;
    }
    return null;
  }

  @Override
  public byte[] body() {
    Bytes body = parser().body();
    return body == null ? NOTHING : body.array();
  }

  @Override
  public int bodyLength() {
    Bytes body = parser().body();
    return body == null ? 0 : body.length();
  }

  @Override
  public String bodyText() {
    if (bodyText == null) {
      bodyText = new String(body(), 0, bodyLength(), StandardCharsets.UTF_8);
    }
    return bodyText;
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public JsonScan json(JsonPaths paths) {
    if (scanned != paths) {
      scan.read(paths, body(), bodyLength());
      scanned = paths;
    }
    return scan;
  }
}
