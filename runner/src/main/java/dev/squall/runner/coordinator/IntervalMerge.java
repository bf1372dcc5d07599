package dev.squall.runner.coordinator;

import dev.squall.runner.recording.Levels;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Merges the runners' snapshots by interval and gives them out in order, each once every runner
 * that is still expected has delivered it. A snapshot that was delivered before is ignored. Not
 * thread-safe.
 */
final class IntervalMerge {
  private final int[] delivered;
  private final boolean[] done;
  private final SortedMap<Integer, Partial> open = new TreeMap<>();
  private int closed;

  IntervalMerge(int runners) {
    delivered = new int[runners];
    done = new boolean[runners];
  }

  /** Number of the snapshot to ask a runner for next. */
  int next(int runner) {
    return delivered[runner] + 1;
  }

  /** Number of the last interval that was given out. */
  int closed() {
    return closed;
  }

  /** Whether a runner has delivered everything, or is given up. */
  boolean done(int runner) {
    return done[runner];
  }

  /**
   * Takes a runner's snapshot.
   *
   * @return whether it is new, rather than one that was delivered before
   * @throws IllegalStateException if one before it is missing
   */
  boolean add(int runner, Snapshot snapshot) {
    int interval = snapshot.interval();
    if (done[runner] || interval <= delivered[runner]) {
      return false;
    }
    if (interval != delivered[runner] + 1) {
      throw new IllegalStateException(
          "runner %d sent interval %d after %d".formatted(runner, interval, delivered[runner]));
    }
    delivered[runner] = interval;
    done[runner] = snapshot.last();
    open.computeIfAbsent(interval, i -> new Partial()).add(snapshot);
    return true;
  }

  /** Nothing more is expected of a runner. */
  void giveUp(int runner) {
    done[runner] = true;
  }

  /** The intervals that are complete now, in order, each given out once. */
  List<Snapshot> drain() {
    int upTo = Integer.MAX_VALUE;
    for (int runner = 0; runner < delivered.length; runner++) {
      if (!done[runner]) {
        upTo = Math.min(upTo, delivered[runner]);
      }
    }
    List<Snapshot> complete = new ArrayList<>();
    while (!open.isEmpty() && open.firstKey() <= upTo) {
      int interval = open.firstKey();
      Partial partial = open.remove(interval);
      if (partial != null) {
        complete.add(partial.merged(interval));
        closed = interval;
      }
    }
    return complete;
  }

  /** What has come of one interval. */
  private static final class Partial {
    private final Merged sum = new Merged();
    private Levels levels = Levels.NONE;

    void add(Snapshot snapshot) {
      sum.add(snapshot);
      levels = levels.plus(snapshot.levels());
    }

    Snapshot merged(int interval) {
      return new Snapshot(
          interval,
          false,
          levels,
          sum.loads(),
          sum.result(),
          sum.warmUp(),
          sum.lateness(),
          sum.queries(),
          sum.connections(),
          sum.firstAnswer());
    }
  }
}
