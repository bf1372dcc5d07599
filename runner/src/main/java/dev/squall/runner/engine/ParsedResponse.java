package dev.squall.runner.engine;

import dev.squall.runner.engine.json.JsonPaths;
import dev.squall.runner.engine.json.JsonScan;
import dev.squall.runner.engine.payload.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The answer that an event loop is looking at; one object for all its answers. */
final class ParsedResponse implements Response {
  private static final byte[] NOTHING = {};

  private @Nullable Answer answer;
  private long responseTimeNanos;
  private @Nullable String bodyText;
  private final JsonScan scan = new JsonScan();
  private @Nullable JsonPaths scanned;
  private final Inflation inflation = new Inflation();
  private @Nullable Bytes content;

  /**
   * Looks at an answer that has just been completed.
   *
   * @return null, or why the body that is needed cannot be read
   */
  @Nullable String look(Answer complete, long responseTime) {
    answer = complete;
    responseTimeNanos = responseTime;
    bodyText = null;
    scanned = null;
    Kept kept = complete.kept();
    content = kept.body();
    if (complete.coding() == Coding.IDENTITY || !kept.needsBody() || content == null) {
      return null;
    }
    String problem = inflation.decode(complete.coding(), content, kept.maxBodyBytes());
    content = inflation.out();
    return problem;
  }

  private Answer answer() {
    if (answer == null) {
      throw new IllegalStateException("there is no answer yet");
    }
    return answer;
  }

  @Override
  public int status() {
    return answer().status();
  }

  @Override
  public long responseTimeNanos() {
    return responseTimeNanos;
  }

  @Override
  public @Nullable String header(String name) {
    Bytes lines = answer().kept().headers();
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
      if (colon < end && bytes[colon] == ':' && FieldText.is(bytes, from, colon, lower)) {
        return new String(bytes, colon + 1, end - colon - 1, StandardCharsets.UTF_8).strip();
      }
      from = end + 1;
    }
    return null;
  }

  @Override
  public byte[] body() {
    return content == null ? NOTHING : content.array();
  }

  @Override
  public int bodyLength() {
    return content == null ? 0 : content.length();
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
