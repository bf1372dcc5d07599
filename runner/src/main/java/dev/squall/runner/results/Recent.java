package dev.squall.runner.results;

import dev.squall.runner.recording.GiveWay;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.Times;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * The last seconds of a run, of each series and of the whole: Locust's rates (a window of 10 s that
 * ends 2 s back) and the response times of the last 10 s. Intervals are added in order. Not
 * thread-safe.
 */
public final class Recent {
  /** Length of both windows. */
  public static final int WINDOW_SECONDS = 10;

  /**
   * How far back the rates' window ends: Locust counts a second only once it is surely complete.
   */
  static final int RATE_LAG_SECONDS = 2;

  /** The whole's key. */
  public static final SeriesKey WHOLE = new SeriesKey(Totals.WHOLE, "");

  private final Map<SeriesKey, Window> windows = new HashMap<>();
  private int now;

  /** Adds the next second. */
  public void add(Snapshot interval) {
    now = interval.interval();
    for (SeriesSnapshot one : interval.series()) {
      Sparse times = Sparse.of(one.responseTime().histogram());
      window(SeriesKey.of(one)).add(new Second(now, one.requests(), one.failures(), times));
      window(WHOLE).add(new Second(now, one.requests(), one.failures(), times));
    }
    windows.values().forEach(w -> w.forget(now - WINDOW_SECONDS));
  }

  /** Completed requests per second. */
  public double requestsPerSecond(SeriesKey key) {
    return rate(key, false);
  }

  /** Failures per second. */
  public double failuresPerSecond(SeriesKey key) {
    return rate(key, true);
  }

  /**
   * Response times of the last 10 s in µs, or null if the series has none at all yet. The answer is
   * the live one: read it before the next {@link #add}.
   */
  public @Nullable Histogram responseTimes(SeriesKey key) {
    Window window = windows.get(key);
    return window == null ? null : window.times;
  }

  private Window window(SeriesKey key) {
    return windows.computeIfAbsent(key, k -> new Window());
  }

  private double rate(SeriesKey key, boolean failures) {
    int end = now - RATE_LAG_SECONDS;
    int begin = Math.max(0, end - WINDOW_SECONDS);
    Window window = windows.get(key);
    if (window == null || end <= begin) {
      return 0;
    }
    long sum = 0;
    for (Second second : window.seconds) {
      if (second.interval > begin && second.interval <= end) {
        sum += failures ? second.failures : second.requests;
      }
    }
    return (double) sum / (end - begin);
  }

  /** The seconds that a window may still ask for, oldest first, and their response times summed. */
  private static final class Window {
    private final Deque<Second> seconds = new ArrayDeque<>();
    private final Deque<Second> timed = new ArrayDeque<>();
    private final Histogram times = new Histogram(Times.DIGITS);

    Window() {
      times.setAutoResize(true);
    }

    void add(Second second) {
      seconds.add(second);
      timed.add(second);
      second.times.change(times, 1);
    }

    /** Takes out what is not after the given interval. */
    void forget(int interval) {
      while (!timed.isEmpty() && timed.getFirst().interval <= interval) {
        timed.removeFirst().times.change(times, -1);
      }
      while (!seconds.isEmpty() && seconds.getFirst().interval <= interval - RATE_LAG_SECONDS) {
        seconds.removeFirst();
      }
    }
  }

  private record Second(int interval, long requests, long failures, Sparse times) {}

  /** A histogram's counts that are not zero: a second of a series has few of them. */
  private static final class Sparse {
    private static final int FEW = 128;

    private final long[] values;
    private final long[] counts;

    private Sparse(long[] values, long[] counts) {
      this.values = values;
      this.counts = counts;
    }

    static Sparse of(Histogram histogram) {
      List<long[]> found = new ArrayList<>();
      for (HistogramIterationValue value : histogram.recordedValues()) {
        GiveWay.ifDue();
        found.add(
            new long[] {value.getValueIteratedTo(), value.getCountAddedInThisIterationStep()});
      }
      long[] values = found.stream().mapToLong(f -> f[0]).toArray();
      return new Sparse(values, found.stream().mapToLong(f -> f[1]).toArray());
    }

    void change(Histogram histogram, int sign) {
      for (int i = 0; i < values.length; i++) {
        if (i % FEW == 0) {
          GiveWay.ifDue();
        }
        histogram.recordValueWithCount(values[i], sign * counts[i]);
      }
    }
  }
}
