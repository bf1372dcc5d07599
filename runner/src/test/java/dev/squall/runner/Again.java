package dev.squall.runner;

import java.time.Duration;
import org.jspecify.annotations.NullMarked;

/**
 * Takes a measurement again that a busy machine has spoiled: a bounded number of times, and says
 * each time what spoiled it. For what holds only if threads wake in time, such as a percentile or a
 * wait; a bug fails each time.
 */
@NullMarked
public final class Again {
  private static final int TIMES = 3;
  private static final int SLOWER = 3;

  private Again() {}

  /** A measurement that fails as tests do. */
  public interface Measurement {
    void take() throws Exception;
  }

  /** A measurement whose times are all multiples of one. */
  public interface Timed {
    void within(Duration unit) throws Exception;
  }

  /** Takes it until it holds, three times at most. */
  public static void ifSpoiled(Measurement measurement) throws Exception {
    slower(Duration.ZERO, _ -> measurement.take());
  }

  /** The same, each time with three times the time, since the machine takes longer to do it all. */
  public static void slower(Duration unit, Timed timed) throws Exception {
    Duration now = unit;
    for (int left = TIMES - 1; ; left--) {
      try {
        timed.within(now);
        return;
      } catch (AssertionError e) {
        if (left == 0) {
          throw e;
        }
        System.out.println("measured again, since: " + e.getMessage());
        now = now.multipliedBy(SLOWER);
      }
    }
  }
}
