package dev.squall.runner.engine;

import java.util.concurrent.locks.LockSupport;

/**
 * What the machine itself does to anything that waits: a thread that sleeps a millisecond over and
 * over, and keeps the longest time that it overslept.
 */
final class Canary implements AutoCloseable {
  private static final long MILLI = 1_000_000;

  private volatile boolean closed;
  private volatile long worstNanos;

  /** Begins to sing. */
  Canary() {
    Thread.ofPlatform().name("canary").daemon().start(this::sing);
  }

  /** The longest that a sleep has lasted longer than it should. */
  long worstNanos() {
    return worstNanos;
  }

  private void sing() {
    while (!closed) {
      long before = System.nanoTime();
      LockSupport.parkNanos(MILLI);
      worstNanos = Math.max(worstNanos, System.nanoTime() - before - MILLI);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
