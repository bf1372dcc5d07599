package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import org.jspecify.annotations.Nullable;

/**
 * A virtual user: while it is wanted it goes through its script task by task, with pauses. Its
 * requests are its {@link Exchange}'s. Only the event loop calls it.
 */
final class User extends Member implements Exchange.Owner {
  private final Course course;
  private final Carried carried;

  /** Its global number. */
  private final int key;

  private long intended;
  private long slot;

  /** Since when it is free for its next request. */
  private long freeSince;

  /** What does its requests; of a user that shares connections, only while one is under way. */
  private @Nullable Exchange exchange;

  /**
   * A user that has not started.
   *
   * @param key its global number
   * @param n its number within the load
   */
  User(ClosedRun run, Script script, int key, int n) {
    super(run, n);
    this.key = key;
    this.course = new Course(script, run.requestsOf(n), run.iterationsOf(n));
    this.carried = Carried.of(script, run.loop.datasets());
  }

  @Override
  boolean spent() {
    return course.spent();
  }

  @Override
  void awaited(long startNanos) {
    intended = startNanos;
    freeSince = Math.max(freeSince, startNanos);
  }

  @Override
  void gone(long now) {
    course.again();
    freeSince = now;
  }

  /** Chooses the next task and starts its first request. */
  @Override
  void turn(long now) {
    if (course.beginsIterating()) {
      slot = intended;
    }
    if (course.nextTask(run.loop.draw(), key)) {
      nextRequest(now);
    } else {
      leave(now);
    }
  }

  private void nextRequest(long now) {
    if (run.loop.stopping()) {
      end();
    } else if (course.part() == Course.Part.ON_STOP) {
      if (now < stopBy() && course.take()) {
        send(now);
      } else {
        leave(now);
      }
    } else if (now < stopAt() && hasRows() && course.take()) {
      send(now);
    } else {
      windUp(now);
    }
  }

  private boolean hasRows() {
    return carried.hasRows(course.request(), key, run.loop.draw().users());
  }

  private void send(long now) {
    run.offered();
    if (exchange == null) {
      exchange = run.loop.exchanges().take(run, this, key, carried, course.request());
    }
    exchange.limit(stopBy());
    exchange.start(
        course.request(),
        course.iteration(),
        course.step(),
        intended,
        Math.max(0, freeSince - intended),
        now);
  }

  @Override
  public void completed(long done, boolean failed) {
    giveBack();
    if (run.loop.stopping()) {
      end();
      return;
    }
    intended = done;
    freeSince = done;
    if (!failed && course.nextStep()) {
      nextRequest(done);
      return;
    }
    if (course.part() == Course.Part.ITERATING) {
      intended = afterPause(done);
    }
    course.taskOver();
    // Without a pause too: other answers may have come that are yet to be read, and failures that
    // need no network would keep the event loop from ever turning.
    awaitNext(done);
  }

  private void awaitNext(long done) {
    boolean ending = course.part() == Course.Part.ON_STOP;
    long until = ending ? intended : Math.min(intended, stopAt());
    if (until == run.endNanos() && until > done) {
      // The load's end is that of many: it calls them all, a few at a time.
      return;
    }
    run.loop.timers().set(this, Math.max(until, done));
  }

  @Override
  @Nullable Exchange underway() {
    return exchange != null && exchange.active() ? exchange : null;
  }

  /** Gives back what does requests, if it is shared. */
  private void giveBack() {
    if (exchange != null && run.loop.exchanges().giveBack(exchange)) {
      exchange = null;
    }
  }

  @Override
  void close() {
    if (exchange != null) {
      exchange.close();
    }
  }

  private long afterPause(long done) {
    return switch (course.script().pause) {
      case Wait.None() -> done;
      case Wait.Constant(long nanos) -> done + nanos;
      case Wait.Between(long min, long max) -> {
        Draw draw = run.loop.draw().at(key, course.iteration(), 0);
        yield done + min + draw.below(max - min + 1, Draw.WAIT, 0);
      }
      case Wait.Pacing(long interval) -> {
        slot += interval;
        yield slot;
      }
    };
  }

  /** It is not wanted any more, or has done its part: onStop tasks, then it leaves. */
  private void windUp(long now) {
    if (now < stopAt()) {
      partDone(now);
    }
    if (course.toOnStop() && now < stopBy()) {
      intended = now;
      turn(now);
    } else {
      leave(now);
    }
  }

  @Override
  public void interrupted(long now) {
    giveBack();
    leave(now);
  }
}
