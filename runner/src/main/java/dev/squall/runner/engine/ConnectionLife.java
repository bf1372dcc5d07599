package dev.squall.runner.engine;

/**
 * How far an HTTP/1.1 connection is, and until when: its time to be established, its life, its idle
 * limit, and the target's time to close. Only the event loop calls it.
 *
 * <p>After an answer that announces the close, the target's end is awaited, for a while. A
 * connection whose life or idle limit is over is closed once it is idle.
 */
final class ConnectionLife extends Timers.Timer {
  /** How long a target may take to close a connection whose close it has announced. */
  private static final long LEAVING_NANOS = 2_000_000_000L;

  /** How far it is. */
  enum State {
    OPENING,
    IDLE,
    /** A request is under way. */
    BUSY,
    /** The target is to close it. */
    LEAVING,
    CLOSED
  }

  private final UserLoop loop;
  private final Connection connection;
  private State state = State.OPENING;
  private long diesAt = Timers.NEVER;

  ConnectionLife(UserLoop loop, Connection connection) {
    this.loop = loop;
    this.connection = connection;
  }

  State state() {
    return state;
  }

  boolean idle() {
    return state == State.IDLE;
  }

  /** Throws, if it cannot send. */
  void mustBeIdle() {
    if (state != State.IDLE) {
      throw new IllegalStateException("a connection that is " + state + " cannot send");
    }
  }

  boolean busy() {
    return state == State.BUSY;
  }

  boolean leaving() {
    return state == State.LEAVING;
  }

  /** It is to be established in so many nanoseconds. */
  void establishedWithin(long nanos) {
    loop.timers().set(this, System.nanoTime() + nanos);
  }

  /** It is established: its life begins. */
  void established() {
    state = State.IDLE;
    long now = System.nanoTime();
    diesAt = loop.lives().diesAt(now);
    loop.timers().set(this, Math.min(diesAt, loop.lives().idleUntil(now)));
  }

  /** A request goes out. */
  void carries() {
    state = State.BUSY;
  }

  /**
   * The answer came, and the target keeps it open: it is idle from here on, unless it is too old.
   */
  boolean rests(long now) {
    if (now >= diesAt) {
      return false;
    }
    state = State.IDLE;
    long idleUntil = loop.lives().idleUntil(now);
    if (idleUntil != Timers.NEVER) {
      loop.timers().set(this, Math.min(diesAt, idleUntil));
    }
    return true;
  }

  /** Waits for the target to close, if it has not. */
  void leaves(long now) {
    if (state != State.CLOSED) {
      state = State.LEAVING;
      loop.timers().set(this, now + LEAVING_NANOS);
    }
  }

  /** It is over; whether it was established till now. */
  boolean closes() {
    boolean was = state != State.OPENING && state != State.CLOSED;
    state = State.CLOSED;
    loop.timers().forget(this);
    return was;
  }

  @Override
  void fire(long now) {
    switch (state) {
      case OPENING -> connection.unestablished(connection.late());
      case IDLE, LEAVING -> connection.drop();
      // Once it has its answer, it is closed if its life is over by then.
      case BUSY, CLOSED -> {}
    }
  }
}
