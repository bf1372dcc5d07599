package dev.squall.runner.results;

import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * {@code <prefix>_failures.csv}: a row for each reason. The error stands as the repr of a Python
 * exception, since readers of Locust's files expect one there; its class tells the failure kind,
 * its text is the reason: {@code HTTPError} status, {@code CatchResponseError} expectation, {@code
 * ConnectionError} resolve, connect and ports, {@code ConnectionResetError} reset, {@code SSLError}
 * TLS, {@code TimeoutError} timeout, {@code ContentDecodingError} decode.
 */
final class FailuresCsv {
  private static final List<String> HEADER =
      List.of("Method", "Name", "Error", "Occurrences", "First Seen", "Last Seen");

  private FailuresCsv() {}

  static String text(List<FailureCount> failures) {
    List<FailureCount> sorted = new ArrayList<>(failures);
    sorted.sort(
        Comparator.comparing(FailureCount::series)
            .thenComparing(FailureCount::method)
            .thenComparing(FailuresCsv::error));
    StringBuilder text = new StringBuilder(CsvLine.of(HEADER));
    for (FailureCount one : sorted) {
      text.append(
          CsvLine.of(
              List.of(
                  one.method(),
                  one.series(),
                  error(one),
                  Long.toString(one.count()),
                  seconds(one.firstSeenEpochMillis()),
                  seconds(one.lastSeenEpochMillis()))));
    }
    return text.toString();
  }

  private static String error(FailureCount failure) {
    return exception(failure.kind()) + "(" + PythonRepr.of(failure.reason()) + ")";
  }

  private static String exception(FailureKind kind) {
    return switch (kind) {
      case RESOLVE, CONNECT, PORTS -> "ConnectionError";
      case TLS -> "SSLError";
      case TIMEOUT -> "TimeoutError";
      case RESET -> "ConnectionResetError";
      case DECODE -> "ContentDecodingError";
      case STATUS -> "HTTPError";
      case EXPECTATION -> "CatchResponseError";
    };
  }

  private static String seconds(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
