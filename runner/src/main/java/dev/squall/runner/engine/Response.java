package dev.squall.runner.engine;

import dev.squall.runner.engine.json.JsonPaths;
import dev.squall.runner.engine.json.JsonScan;
import org.jspecify.annotations.Nullable;

/**
 * An answer, complete. Valid only during the call that it is given to: its buffers are used again
 * for the next answer.
 */
public interface Response {
  /** Status code, 200 to 599 (or whatever three digits the target sent). */
  int status();

  /** Intended to last byte, in nanoseconds. */
  long responseTimeNanos();

  /**
   * Value of the first header of a name, without surrounding space; null if there is none. Only for
   * those who {@linkplain Needs#HEADERS need} it.
   *
   * @param name in any case
   */
  @Nullable String header(String name);

  /**
   * Holds the body from 0 to {@link #bodyLength}. Only for those who {@linkplain Needs#BODY need}
   * it.
   */
  byte[] body();

  /** Number of bytes of the body. */
  int bodyLength();

  /** The body as text in UTF-8, made at the first call. */
  String bodyText();

  /**
   * The body, looked through for values at paths. Asked again for the same paths, it gives the same
   * answer without looking again.
   */
  default JsonScan json(JsonPaths paths) {
    JsonScan scan = new JsonScan();
    scan.read(paths, body(), bodyLength());
    return scan;
  }
}
