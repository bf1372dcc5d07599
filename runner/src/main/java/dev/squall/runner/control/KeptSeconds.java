package dev.squall.runner.control;

import dev.squall.runner.vitals.Vitals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A runner's seconds, kept until the results are stored, how far a coordinator has them, and their
 * sums for the runner's own metrics. Thread-safe.
 */
final class KeptSeconds implements AutoCloseable {
  private final SnapshotFile file;
  private final CountDownLatch stored = new CountDownLatch(1);
  private final LongAdder requests = new LongAdder();
  private volatile int taken;
  private Vitals vitals = Vitals.none();

  KeptSeconds(Path workDir) throws IOException {
    file = new SnapshotFile(workDir.resolve("snapshots.bin"));
  }

  /** Keeps the next second. */
  void add(RunnerSecond second) throws IOException {
    file.append(second.encode());
    requests.add(second.snapshot().requests());
    synchronized (this) {
      vitals = vitals.plus(second.vitals());
    }
  }

  /** Number of the newest interval, 0 if there is none. */
  int newest() {
    return file.newest();
  }

  /**
   * Encoded seconds from an interval on, so many at most: those before it are a coordinator's.
   *
   * @param upTo none after this one, the newest when the state was taken that goes with them: a
   *     coordinator sees no second of which the state does not know
   */
  byte[] framesFrom(int interval, int most, int upTo) throws IOException {
    taken = Math.max(taken, interval - 1);
    return file.framesFrom(interval, Math.min(most, upTo - Math.max(1, interval) + 1));
  }

  /** The results are stored. */
  void resultsStored() {
    stored.countDown();
  }

  /** Waits until the results are stored; false if that did not happen in time. */
  boolean awaitStored(Duration atMost) throws InterruptedException {
    return stored.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether a coordinator has every second there is. */
  boolean allTaken() {
    return taken >= newest() || stored.getCount() == 0;
  }

  /** Completed requests in all of them. */
  long requests() {
    return requests.sum();
  }

  /** What the runner measured of itself while it sent, over all of them. */
  synchronized Vitals vitals() {
    return vitals;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
