package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;

/**
 * A virtual user: goes through its script task by task, pauses, and ends. Its requests are its
 * {@link Exchange}'s. Only the event loop calls it.
 */
final class User extends Timers.Timer {
  private enum Phase {
    NOT_STARTED,
    ON_START,
    ITERATING,
    ON_STOP,
    ENDED
  }

  private final UserLoop loop;
  private final LoadRun load;
  private final Script script;
  private final Exchange exchange;
  private final long number;
  private final long dueNanos;
  private Phase phase = Phase.NOT_STARTED;

  /** Requests that may still be started, but for those kept for onStop tasks. */
  private long budget;

  private long onStopBudget;

  /** Number of the task among those that this user has run: part of every drawn value's key. */
  private long iteration;

  /** Number of the next onStart or onStop task. */
  private int position;

  private Script.Request[] task;
  private int step;
  private long intended;
  private long slot;
  private long stopBy = Timers.NEVER;

  /**
   * A user that has not started.
   *
   * @param number global number of the user
   * @param dueNanos when it is due, after the start instant
   * @param budget how many requests it may start
   * @param datasets number of datasets of the test
   */
  User(
      UserLoop loop,
      LoadRun load,
      Script script,
      long number,
      long dueNanos,
      long budget,
      int datasets) {
    this.loop = loop;
    this.load = load;
    this.script = script;
    this.number = number;
    this.dueNanos = dueNanos;
    this.onStopBudget = Math.min(budget, script.onStopRequests);
    this.budget = budget == Long.MAX_VALUE ? budget : budget - onStopBudget;
    this.exchange = new Exchange(loop, this, number, script, datasets);
    this.task = script.tasks[0];
  }

  LoadRun load() {
    return load;
  }

  /** Names the start instant of the run. */
  void begin(long startNanos) {
    if (budget == 0 && onStopBudget == 0) {
      end();
      return;
    }
    intended = startNanos + dueNanos;
    loop.timers().set(this, intended);
  }

  @Override
  void fire(long now) {
    if (phase == Phase.NOT_STARTED) {
      loop.userStarted();
      phase = Phase.ON_START;
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
        double drawn = loop.draw().at(number, iteration, 0).unit(Draw.TASK, 0);
        task = script.tasks[script.weights.pick(drawn)];
      }
      case ON_STOP -> {
        if (position == script.onStop.length) {
          end();
          return;
        }
        task = script.onStop[position++];
      }
      case NOT_STARTED, ENDED -> {
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
        end();
        return;
      }
      onStopBudget--;
      exchange.start(task[step], iteration, step, intended, now);
    } else if (budget == 0 || load.ended(now) || !exchange.hasRows(task[step])) {
      windUp(now);
    } else {
      budget--;
      exchange.start(task[step], iteration, step, intended, now);
    }
  }

  /** A request is over, and recorded. */
  void completed(long done, boolean failed) {
    intended = done;
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
      loop.timers().set(this, Math.max(intended, done));
    } else {
      nextTask(done);
    }
  }

  private long afterPause(long done) {
    return switch (script.pause) {
      case Wait.None() -> done;
      case Wait.Constant(long nanos) -> done + nanos;
      case Wait.Between(long min, long max) -> {
        Draw draw = loop.draw().at(number, iteration, 0);
        yield done + min + draw.below(max - min + 1, Draw.WAIT, 0);
      }
      case Wait.Pacing(long interval) -> {
        slot += interval;
        yield slot;
      }
    };
  }

  /** The load ends by itself: onStop tasks, then the end. */
  private void windUp(long now) {
    boolean running = phase == Phase.ON_START || phase == Phase.ITERATING;
    finishBy(load.stopBy(now));
    if (!running || script.onStop.length == 0 || onStopBudget == 0 || now >= stopBy) {
      end();
      return;
    }
    phase = Phase.ON_STOP;
    position = 0;
    intended = now;
    nextTask(now);
  }

  private void finishBy(long nanos) {
    stopBy = Math.min(stopBy, nanos);
    exchange.stopBy(stopBy);
  }

  /** The load's duration is over: ends a user that pauses, gives one in flight until a deadline. */
  void loadEnded(long now) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (exchange.active()) {
      finishBy(load.stopBy(now));
    } else if (phase != Phase.ON_STOP) {
      loop.timers().cancel(this);
      windUp(now);
    }
  }

  /** Starts no further request; ends at once if none is in flight. */
  void stop(long now) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (exchange.active()) {
      finishBy(load.stopBy(now));
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

  /** The request in flight was given up. */
  void interrupted() {
    end();
  }

  private void end() {
    boolean started = phase != Phase.NOT_STARTED;
    phase = Phase.ENDED;
    loop.timers().cancel(this);
    exchange.close();
    loop.userEnded(started);
  }
}
