package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import org.jspecify.annotations.Nullable;

/**
 * A virtual user: from when it is wanted until it is not, it goes through its script task by task,
 * with pauses. Its requests are its {@link Exchange}'s. Only the event loop calls it.
 */
final class User extends Timers.Timer implements Exchange.Owner {
  private enum Phase {
    /** Waits for its start. */
    OUT,
    IN,
    ENDED
  }

  private final ClosedRun run;
  private final Course course;
  private final Carried carried;

  /** Its global number, and that within the load. */
  private final int key;

  private final int n;
  private Phase phase = Phase.OUT;
  private long intended;
  private long slot;

  /** Since when it is free for its next request. */
  private long freeSince;

  /** When it is not wanted any more, and until when its end may take. */
  private long stopAt = Timers.NEVER;

  private long stopBy = Timers.NEVER;

  /** What does its requests; of a user that shares connections, only while one is under way. */
  private @Nullable Exchange exchange;

  /**
   * A user that has not started.
   *
   * @param key its global number
   * @param n its number within the load
   */
  User(ClosedRun run, Script script, int key, int n) {
    this.run = run;
    this.key = key;
    this.n = n;
    this.course = new Course(script, run.requestsOf(n), run.iterationsOf(n));
    this.carried = Carried.of(script, run.loop.datasets());
  }

  /** The start instant is named. */
  void begin() {
    awaitStart(run.startNanos());
  }

  /** Waits until it is wanted, from an instant on; ends if it will not be. */
  private void awaitStart(long fromNanos) {
    long start = run.startAfter(n, fromNanos);
    if (start >= run.endNanos() || course.spent()) {
      end();
      return;
    }
    stopAt = run.stopAfter(n, start);
    stopBy = run.graceAfter(stopAt);
    intended = start;
    freeSince = Math.max(freeSince, start);
    run.loop.timers().set(this, start);
  }

  @Override
  void fire(long now) {
    switch (phase) {
      case OUT -> {
        if (now >= stopAt) {
          awaitStart(stopAt);
        } else {
          phase = Phase.IN;
          run.userStarted();
          nextTask(now);
        }
      }
      case IN -> nextTask(now);
      case ENDED -> {}
    }
  }

  /** Chooses the next task and starts its first request. */
  private void nextTask(long now) {
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
      if (now < stopBy && course.take()) {
        send(now);
      } else {
        leave(now);
      }
    } else if (now < stopAt && hasRows() && course.take()) {
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
    exchange.limit(stopBy);
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
    // After a failure the next request waits for the next turn of the event loop, lest failures
    // that need no network keep it from ever turning.
    if (failed || intended > done) {
      awaitNext(done);
    } else {
      nextTask(done);
    }
  }

  private void awaitNext(long done) {
    boolean ending = course.part() == Course.Part.ON_STOP;
    long until = ending ? intended : Math.min(intended, stopAt);
    if (until == run.endNanos() && until > done) {
      // The load's end is that of many: it calls them all, a few at a time.
      return;
    }
    run.loop.timers().set(this, Math.max(until, done));
  }

  /** The load is over; one whose request is under way learns of it from that. */
  void loadOver(long now) {
    if (phase == Phase.IN && !active() && atNanos() == Timers.NEVER) {
      nextTask(now);
    }
  }

  private boolean active() {
    return exchange != null && exchange.active();
  }

  /** Gives back what does requests, if it is shared. */
  private void giveBack() {
    if (exchange != null && run.loop.exchanges().giveBack(exchange)) {
      exchange = null;
    }
  }

  private void close() {
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
    if (now < stopAt) {
      // Its part is done: it will not come again.
      stopBy = Math.min(stopBy, run.graceAfter(now));
    }
    if (course.toOnStop() && now < stopBy) {
      intended = now;
      nextTask(now);
    } else {
      leave(now);
    }
  }

  /** Stops, and comes again if the profile wants it again. */
  private void leave(long now) {
    if (now < stopAt || stopAt >= run.endNanos() || run.loop.stopping()) {
      end();
      return;
    }
    run.userStopped();
    phase = Phase.OUT;
    course.again();
    freeSince = now;
    close();
    awaitStart(stopAt);
  }

  /** Starts no further request; ends at once if none is in flight. */
  void stop(long now) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (exchange != null && exchange.active()) {
      exchange.stopBy(run.graceAfter(now));
    } else {
      end();
    }
  }

  /** Ends at once; a request in flight counts as interrupted. */
  void abort() {
    if (phase == Phase.ENDED) {
      return;
    }
    if (exchange != null && exchange.active()) {
      exchange.interrupt();
    } else {
      end();
    }
  }

  @Override
  public void interrupted(long now) {
    giveBack();
    leave(now);
  }

  private void end() {
    boolean ran = phase == Phase.IN;
    phase = Phase.ENDED;
    run.loop.timers().cancel(this);
    close();
    if (ran) {
      run.userStopped();
    }
    run.userEnded();
  }
}
