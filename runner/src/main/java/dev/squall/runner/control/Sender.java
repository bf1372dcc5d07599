package dev.squall.runner.control;

import dev.squall.runner.recording.Snapshot;
import java.util.concurrent.CompletableFuture;

/** What sends a runner's share of the load: the engine. Thread-safe, but {@link #cut}. */
public interface Sender extends AutoCloseable {
  /** Starts at an instant of the {@link System#nanoTime()} scale, usually a little ahead. */
  void start(long startNanos);

  /** No request starts any more; those in flight get the graceful stop. */
  void stop();

  /** Sending ends now; what is in flight counts as interrupted. */
  void abort();

  /** Users running now. */
  int users();

  /** Completed when nothing is sent or in flight any more; exceptionally if the engine broke. */
  CompletableFuture<Void> ended();

  /** Cuts the snapshot of the interval that ends now; called by one thread. */
  Snapshot cut(int interval);

  @Override
  void close();
}
