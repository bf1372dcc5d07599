package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.Summary.Stored;
import dev.squall.api.wire.TerminationMessage;
import dev.squall.runner.control.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The coordinator's last word: its container's termination message, at most 4 KiB. */
public final class LastWord {
  private static final int MOST_BYTES = 4096;
  private static final int MOST_TEXT = 1024;

  private LastWord() {}

  /**
   * The message of a completed run.
   *
   * @throws IllegalArgumentException if the run has no verdict yet
   */
  static byte[] of(Summary summary) {
    byte[] whole = Json.bytes(message(summary, MOST_TEXT, summary.files()));
    if (whole.length <= MOST_BYTES) {
      return whole;
    }
    // Characters of several bytes, or escaped in JSON, may make the longest texts too long.
    for (int most = MOST_TEXT; ; most /= 2) {
      byte[] json = Json.bytes(message(summary, most, List.of()));
      if (json.length <= MOST_BYTES) {
        return json;
      }
    }
  }

  private static TerminationMessage message(Summary summary, int mostText, List<StoredFile> files) {
    Verdict verdict = summary.verdict();
    String at = summary.completionTime();
    if (verdict == null || at == null) {
      throw new IllegalArgumentException("there is no verdict yet");
    }
    return new TerminationMessage(
        verdict,
        summary.reason(),
        cut(summary.message(), mostText),
        summary.startTime(),
        at,
        summary.model(),
        summary.users(),
        summary.offered(),
        summary.requests(),
        summary.failures(),
        summary.dropped(),
        summary.interrupted(),
        summary.milliRequestsPerSecond(),
        summary.responseTime(),
        new Stored(summary.stored().state(), cut(summary.stored().message(), mostText)),
        files);
  }

  /** Writes the message to a file. */
  public static void leave(Summary summary, Path file) throws IOException {
    Files.write(file, of(summary));
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    String front = text.substring(0, most - 1);
    // Not in the middle of a character.
    return new String(front.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + "…";
  }
}
