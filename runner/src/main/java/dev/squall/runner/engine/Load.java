package dev.squall.runner.engine;

import java.util.OptionalLong;

/**
 * One load of the closed model. Its users are numbered on from those of the loads before it.
 *
 * <p>A number of requests is split over the users beforehand: user u of n sends ⌊requests / n⌋, one
 * more if u is below the rest of that division; onStart and onStop requests are counted among them.
 * So what is sent depends neither on timing nor on the number of runners.
 *
 * @param name name of the load
 * @param users number of virtual users over all runners, at least 1
 * @param spawnRatePerSecond users started per second: user u of the load is due at u / rate
 * @param durationNanos how long requests are started, from the start instant; empty for no limit
 * @param requests how many requests are started in all; empty for no limit
 * @param gracefulStopNanos how long requests in flight, and onStop tasks, may take at the end
 */
public record Load(
    String name,
    int users,
    double spawnRatePerSecond,
    OptionalLong durationNanos,
    OptionalLong requests,
    long gracefulStopNanos) {
  /** Checks each part. */
  public Load {
    if (users < 1) {
      throw new IllegalArgumentException("load '" + name + "' needs at least 1 user");
    }
    if (!(spawnRatePerSecond > 0)) {
      throw new IllegalArgumentException("load '" + name + "' needs a spawn rate above 0");
    }
    if (durationNanos.isEmpty() && requests.isEmpty()) {
      throw new IllegalArgumentException("load '" + name + "' needs a duration or requests");
    }
    if (durationNanos.orElse(1) <= 0 || requests.orElse(1) < 1 || gracefulStopNanos < 0) {
      throw new IllegalArgumentException(
          "load '" + name + "' needs a duration above 0, 1 request or more, gracefulStop from 0");
    }
  }

  /** When user n (from 0) of this load is due, in nanoseconds after the start instant. */
  long dueNanos(int n) {
    return (long) Math.rint(n * 1e9 / spawnRatePerSecond);
  }

  /** How many requests user n (from 0) of this load may start. */
  long budget(int n) {
    if (requests.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long total = requests.getAsLong();
    return total / users + (n < total % users ? 1 : 0);
  }
}
