package dev.squall.runner.engine;

/**
 * How far an HTTP/2 connection is, what that lets it do, and until when: its time to be
 * established, its life, its idle limit. Only the event loop calls it.
 */
final class Http2Life extends Timers.Timer {
  /** How far it is. */
  enum State {
    OPENING,
    /** Open, but the target's settings have not come. */
    GREETING,
    OPEN,
    /** Begins no further stream. */
    DRAINING,
    CLOSED
  }

  private final UserLoop loop;
  private final Http2Connection connection;
  private final Http2Connection.Keeper keeper;
  private State state = State.OPENING;
  private int limit = Integer.MAX_VALUE;
  private long diesAt = Timers.NEVER;
  private long idleUntil = Timers.NEVER;

  Http2Life(UserLoop loop, Http2Connection connection, Http2Connection.Keeper keeper) {
    this.loop = loop;
    this.connection = connection;
    this.keeper = keeper;
  }

  State state() {
    return state;
  }

  /** Whether the target's settings are still to come. */
  boolean greeting() {
    return state == State.GREETING;
  }

  /** Whether it is on its way to taking a stream. */
  boolean opening() {
    return switch (state) {
      case OPENING, GREETING -> true;
      case OPEN -> limit == 0;
      case DRAINING, CLOSED -> false;
    };
  }

  /** Whether it begins streams. */
  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether another stream can begin now. */
  boolean takesStreams() {
    return state == State.OPEN && connection.streams.size() < limit;
  }

  /** Whether it begins no further stream, while there may be some still. */
  boolean draining() {
    return state == State.DRAINING;
  }

  /** Whether anything that it reads matters. */
  boolean hears() {
    return state != State.CLOSED;
  }

  /** How many streams the target takes at a time. */
  int limit() {
    return limit;
  }

  /** The target takes so many streams at a time. */
  void limit(long streams) {
    limit = (int) Math.min(streams, Integer.MAX_VALUE);
  }

  /** What it is if no stream can begin in time. */
  Refusal late() {
    return switch (state) {
      case GREETING -> Faults.NO_SETTINGS;
      case OPEN -> Faults.NO_STREAM;
      case OPENING, DRAINING, CLOSED -> connection.late();
    };
  }

  /** It is to be established in so many nanoseconds. */
  void establishedWithin(long nanos) {
    loop.timers().set(this, System.nanoTime() + nanos);
  }

  /** It waits for the target's settings. */
  void greets() {
    state = State.GREETING;
  }

  /** The target's settings came: with the first it is established. */
  void settled() {
    if (state == State.GREETING) {
      state = State.OPEN;
      long now = System.nanoTime();
      diesAt = loop.lives().diesAt(now);
      rests(now);
      keeper.established(connection);
    } else if (state == State.OPEN) {
      keeper.limited(connection);
    }
  }

  /** Nothing is under way: from here on it is idle. */
  void rests(long now) {
    idleUntil = loop.lives().idleUntil(now);
    long until = Math.min(diesAt, idleUntil);
    if (until != Timers.NEVER) {
      loop.timers().set(this, until);
    } else {
      loop.timers().cancel(this);
    }
  }

  /** Whether it is open for longer than it should. */
  boolean tooOld(long now) {
    return state == State.OPEN && now >= diesAt;
  }

  /** It begins no further stream. */
  void drains() {
    if (state == State.OPEN) {
      state = State.DRAINING;
      loop.timers().cancel(this);
      keeper.gone(connection);
    }
  }

  /** It is over; whether it began streams till now. */
  boolean closes() {
    boolean was = state == State.OPEN;
    state = State.CLOSED;
    loop.timers().forget(this);
    return was;
  }

  @Override
  void fire(long now) {
    switch (state) {
      case OPENING, GREETING -> connection.unestablished(late());
      case OPEN -> {
        boolean idle = connection.streams.isEmpty();
        if (now >= diesAt || (idle && now >= idleUntil)) {
          connection.retire();
        } else {
          loop.timers().set(this, idle ? Math.min(diesAt, idleUntil) : diesAt);
        }
      }
      case DRAINING, CLOSED -> {}
    }
  }
}
