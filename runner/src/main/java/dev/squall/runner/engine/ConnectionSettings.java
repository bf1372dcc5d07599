package dev.squall.runner.engine;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Who uses the connections to the target, and how long they live.
 *
 * @param pool the pool that all users and slots share; null if each has a connection of its own
 * @param lifetimeNanos how long a connection lives at most; each lives between half of this and
 *     this, so that those opened together are not closed together
 * @param idleNanos how long a connection may be idle
 * @param spread which of the target's addresses they go to
 */
public record ConnectionSettings(
    @Nullable Pool pool, OptionalLong lifetimeNanos, OptionalLong idleNanos, Spread spread) {
  private static final ConnectionSettings PER_USER =
      new ConnectionSettings(null, OptionalLong.empty(), OptionalLong.empty(), Spread.ROUND_ROBIN);

  /** Which of a target's several addresses connections go to; they are counted in order. */
  public enum Spread {
    /** A user's k-th connection goes to address (user + k) mod addresses; a pool's in turn. */
    ROUND_ROBIN,
    /** All of a user's connections go to address user mod addresses. Not for a pool. */
    STICKY,
    /** All go to the first of the name server's answer, as most clients' do. */
    FIRST
  }

  /**
   * A pool of connections.
   *
   * @param max most connections over all runners, at least one for each; shared out exactly over
   *     runners and event loops
   * @param opened how many, over all runners, are opened before the start instant, at most max
   * @param openRate how many of those are opened a second, over all runners
   * @param streams most requests at a time on each, where they speak HTTP/2
   */
  public record Pool(int max, int opened, double openRate, int streams) {
    /** Most streams of a connection if nothing else is said: what servers allow, mostly. */
    public static final int USUAL_STREAMS = 100;

    /** Checks the numbers. */
    public Pool {
      if (max < 1 || opened < 0 || opened > max || !(openRate > 0) || streams < 1) {
        throw new IllegalArgumentException(
            "a pool needs 1 connection or more, opens 0 to as many before, at a rate above 0, and has 1 stream or more on each");
      }
    }

    /**
     * How many event loops a runner's share of it keeps busy: one without a connection could send
     * nothing.
     *
     * @param most how many there are at most
     * @throws IllegalArgumentException if the runner has no connection at all
     */
    int eventLoops(Share share, int most) {
      int connections = share.users(max);
      if (connections == 0) {
        throw new IllegalArgumentException(
            "%d connections over %d runners leaves some of them none; raise spec.target.connections.max, or use fewer runners"
                .formatted(max, share.count()));
      }
      return Math.min(most, connections);
    }
  }

  /** Checks the times. */
  public ConnectionSettings {
    if (lifetimeNanos.orElse(1) < 1 || idleNanos.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "a connection's lifetime and idle limit must be longer than 0");
    }
    if (pool != null && spread == Spread.STICKY) {
      throw new IllegalArgumentException("a pool's connections belong to no user to stick to");
    }
  }

  /** A connection for each user and slot, for as long as the target keeps it. */
  public static ConnectionSettings perUser() {
    return PER_USER;
  }

  /** A pool without limits of time, opened when it is needed. */
  public static ConnectionSettings shared(int max) {
    return new ConnectionSettings(
        new Pool(max, 0, 1, Pool.USUAL_STREAMS),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Spread.ROUND_ROBIN);
  }

  /** With nothing opened before it is needed. */
  public ConnectionSettings unopened() {
    return pool == null ? this : opened(0, pool.openRate);
  }

  /** With so many connections opened before the start instant, at a rate over all runners. */
  public ConnectionSettings opened(int opened, double openRate) {
    if (pool == null) {
      throw new IllegalStateException("only a pool is opened before");
    }
    return new ConnectionSettings(
        new Pool(pool.max, opened, openRate, pool.streams), lifetimeNanos, idleNanos, spread);
  }

  /** With so many requests at a time on each connection, where they speak HTTP/2. */
  public ConnectionSettings streams(int most) {
    if (pool == null) {
      throw new IllegalStateException("only a pool's connections have several streams");
    }
    return new ConnectionSettings(
        new Pool(pool.max, pool.opened, pool.openRate, most), lifetimeNanos, idleNanos, spread);
  }

  /** With a limit on each connection's life. */
  public ConnectionSettings living(long nanos) {
    return new ConnectionSettings(pool, OptionalLong.of(nanos), idleNanos, spread);
  }

  /** With a limit on the time that a connection is idle. */
  public ConnectionSettings idleAtMost(long nanos) {
    return new ConnectionSettings(pool, lifetimeNanos, OptionalLong.of(nanos), spread);
  }

  /** With connections that go to other addresses. */
  public ConnectionSettings spread(Spread other) {
    return new ConnectionSettings(pool, lifetimeNanos, idleNanos, other);
  }
}
