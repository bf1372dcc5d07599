package dev.squall.runner.results;

import dev.squall.runner.recording.SeriesSnapshot;
import java.util.Comparator;

/**
 * What a row of the tables stands for.
 *
 * @param name name of the task, or {@code <task>/<step>}
 * @param method HTTP method
 */
public record SeriesKey(String name, String method) implements Comparable<SeriesKey> {
  private static final Comparator<SeriesKey> ORDER =
      Comparator.comparing(SeriesKey::name).thenComparing(SeriesKey::method);

  /** The key of a series. */
  public static SeriesKey of(SeriesSnapshot series) {
    return new SeriesKey(series.name(), series.method());
  }

  @Override
  public int compareTo(SeriesKey other) {
    return ORDER.compare(this, other);
  }
}
