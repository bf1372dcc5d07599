package dev.squall.runner.recording;

import java.util.List;

/**
 * Completed requests by series, and the failures among them.
 *
 * @param series series that completed a request
 * @param failures failures by series, kind and reason
 */
public record Recorded(List<SeriesSnapshot> series, List<FailureCount> failures) {
  /** Nothing. */
  public static final Recorded NONE = new Recorded(List.of(), List.of());

  /** Copies the lists. */
  public Recorded {
    series = List.copyOf(series);
    failures = List.copyOf(failures);
  }

  /** Completed requests of all series. */
  public long requests() {
    return series.stream().mapToLong(SeriesSnapshot::requests).sum();
  }
}
