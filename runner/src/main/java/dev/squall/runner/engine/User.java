package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;

/**
 * A virtual user: from when it is wanted until it is not, it goes through its script task by task,
 * with pauses. Its requests are its {@link Exchange}'s. Only the event loop calls it.
 */
final class User extends Timers.Timer implements Exchange.Owner {
  private enum Phase {
    /** Waits for its start. */
    OUT,
    ON_START,
    ITERATING,
    ON_STOP,
    ENDED
  }

  private final UserLoop loop;
  private final ClosedRun run;
  private final Script script;
  private final Exchange exchange;
  private final long key;
  private final int n;
  private Phase phase = Phase.OUT;

  /** Requests that may still be started, but for those kept for onStop tasks. */
  private long budget;

  private long onStopBudget;
  private long iterationsLeft;

  /** Number of the task among those that this user has run: part of every drawn value's key. */
  private long iteration;

  /** Number of the next onStart or onStop task. */
  private int position;

  private Script.Request[] task;
  private int step;
  private long intended;
  private long slot;

  /** Since when it is free for its next request. */
  private long freeSince;

  /** When it is not wanted any more, and until when its end may take. */
  private long stopAt = Timers.NEVER;

  private long stopBy = Timers.NEVER;

  /**
   * A user that has not started.
   *
   * @param key its global number
   * @param n its number within the load
   */
  User(ClosedRun run, Script script, long key, int n) {
    this.loop = run.loop;
    this.run = run;
    this.script = script;
    this.key = key;
    this.n = n;
    long requests = run.requestsOf(n);
    this.onStopBudget = Math.min(requests, script.onStopRequests);
    this.budget = requests == Long.MAX_VALUE ? requests : requests - onStopBudget;
    this.iterationsLeft = run.iterationsOf(n);
    this.exchange = new Exchange(run, this, key, (int) (key & Integer.MAX_VALUE), script);
    this.task = script.tasks[0];
  }

  /** The start instant is named. */
  void begin() {
    awaitStart(run.startNanos());
  }

  /** Waits until it is wanted, from an instant on; ends if it will not be. */
  private void awaitStart(long fromNanos) {
    long start = run.startAfter(n, fromNanos);
    boolean spent = iterationsLeft == 0 || (budget == 0 && onStopBudget == 0);
    if (start >= run.endNanos() || spent) {
      end();
      return;
    }
    stopAt = run.stopAfter(n, start);
    stopBy = run.graceAfter(stopAt);
    exchange.limit(stopBy);
    intended = start;
    freeSince = Math.max(freeSince, start);
    loop.timers().set(this, start);
  }

  @Override
  void fire(long now) {
    if (phase == Phase.OUT) {
      if (now >= stopAt) {
        awaitStart(stopAt);
        return;
      }
      run.userStarted();
      phase = Phase.ON_START;
      position = 0;
    }
    nextTask(now);
  }

  /** Chooses the next task and starts its first request. */
  private void nextTask(long now) {
    if (phase == Phase.ON_START && position == script.onStart.length) {
      phase = Phase.ITERATING;
      slot = intended;
    }
    switch (phase) {
      case ON_START -> task = script.onStart[position++];
      case ITERATING -> {
        double drawn = loop.draw().at(key, iteration, 0).unit(Draw.TASK, 0);
        task = script.tasks[script.weights.pick(drawn)];
      }
      case ON_STOP -> {
        if (position == script.onStop.length) {
          leave(now);
          return;
        }
        task = script.onStop[position++];
      }
      case OUT, ENDED -> {
        return;
      }
    }
    step = 0;
    nextRequest(now);
  }

  private void nextRequest(long now) {
    if (loop.stopping()) {
      end();
    } else if (phase == Phase.ON_STOP) {
      if (onStopBudget == 0 || now >= stopBy) {
        leave(now);
        return;
      }
      onStopBudget--;
      send(now);
    } else if (mayGoOn(now)) {
      if (phase == Phase.ITERATING && step == 0) {
        iterationsLeft--;
      }
      budget--;
      send(now);
    } else {
      windUp(now);
    }
  }

  private boolean mayGoOn(long now) {
    boolean more = phase != Phase.ITERATING || step > 0 || iterationsLeft > 0;
    return more && budget > 0 && now < stopAt && exchange.hasRows(task[step]);
  }

  private void send(long now) {
    run.offered();
    exchange.start(task[step], iteration, step, intended, Math.max(0, freeSince - intended), now);
  }

  @Override
  public void completed(long done, boolean failed) {
    if (loop.stopping()) {
      end();
      return;
    }
    intended = done;
    freeSince = done;
    if (!failed && step + 1 < task.length) {
      step++;
      nextRequest(done);
      return;
    }
    if (phase == Phase.ITERATING) {
      intended = afterPause(done);
    }
    iteration++;
    // After a failure the next request waits for the next turn of the event loop, lest failures
    // that need no network keep it from ever turning.
    if (failed || intended > done) {
      long until = phase == Phase.ON_STOP ? intended : Math.min(intended, stopAt);
      loop.timers().set(this, Math.max(until, done));
    } else {
      nextTask(done);
    }
  }

  private long afterPause(long done) {
    return switch (script.pause) {
      case Wait.None() -> done;
      case Wait.Constant(long nanos) -> done + nanos;
      case Wait.Between(long min, long max) -> {
        Draw draw = loop.draw().at(key, iteration, 0);
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
      exchange.stopBy(stopBy);
    }
    if (script.onStop.length == 0 || onStopBudget == 0 || now >= stopBy) {
      leave(now);
      return;
    }
    phase = Phase.ON_STOP;
    position = 0;
    intended = now;
    nextTask(now);
  }

  /** Stops, and comes again if the profile wants it again. */
  private void leave(long now) {
    if (now < stopAt || stopAt >= run.endNanos() || loop.stopping()) {
      end();
      return;
    }
    run.userStopped();
    phase = Phase.OUT;
    // Only a load without stages counts requests, and its users do not come again.
    onStopBudget = script.onStopRequests;
    freeSince = now;
    exchange.close();
    awaitStart(stopAt);
  }

  /** Starts no further request; ends at once if none is in flight. */
  void stop(long now) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (exchange.active()) {
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
    if (exchange.active()) {
      exchange.interrupt();
    } else {
      end();
    }
  }

  @Override
  public void interrupted(long now) {
    leave(now);
  }

  private void end() {
    boolean ran = phase != Phase.OUT;
    phase = Phase.ENDED;
    loop.timers().cancel(this);
    exchange.close();
    if (ran) {
      run.userStopped();
    }
    run.userEnded();
  }
}
