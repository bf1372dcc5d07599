package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;

/**
 * A user's way through its script: which request is next, and how many it may still start. A number
 * of requests keeps those of its onStop tasks back. Only the event loop calls it.
 */
final class Course {
  /** Where in the script the user is. */
  enum Part {
    ON_START,
    ITERATING,
    ON_STOP
  }

  private final Script script;
  private Part part = Part.ON_START;

  /** Requests that may still be started, but for those kept for onStop tasks. */
  private long budget;

  private int onStopBudget;
  private long iterationsLeft;

  /** Number of the task among those that this user has run: part of every drawn value's key. */
  private long iteration;

  /** Number of the next onStart or onStop task. */
  private int position;

  private Script.Request[] task;
  private int step;

  /**
   * At the beginning.
   *
   * @param requests how many it may start, or {@link Long#MAX_VALUE}
   * @param iterations how many it may start, or {@link Long#MAX_VALUE}
   */
  Course(Script script, long requests, long iterations) {
    this.script = script;
    this.onStopBudget = (int) Math.min(requests, script.onStopRequests);
    this.budget = requests == Long.MAX_VALUE ? requests : requests - onStopBudget;
    this.iterationsLeft = iterations;
    this.task = script.tasks[0];
  }

  Script script() {
    return script;
  }

  /** Whether no request, or no iteration, may be started any more. */
  boolean spent() {
    return iterationsLeft == 0 || (budget == 0 && onStopBudget == 0);
  }

  Part part() {
    return part;
  }

  long iteration() {
    return iteration;
  }

  int step() {
    return step;
  }

  Script.Request request() {
    return task[step];
  }

  /** Begins anew, but goes on counting iterations. */
  void again() {
    part = Part.ON_START;
    position = 0;
    // Only a load whose users do not come again counts requests.
    onStopBudget = script.onStopRequests;
  }

  /** Goes to the onStop tasks; whether there are any, and requests for them. */
  boolean toOnStop() {
    part = Part.ON_STOP;
    position = 0;
    return script.onStop.length > 0 && onStopBudget > 0;
  }

  /** Whether the iterations begin with the next task. */
  boolean beginsIterating() {
    return part == Part.ON_START && position == script.onStart.length;
  }

  /**
   * Goes to the next task; false if the onStop tasks are done.
   *
   * @param key the user's global number
   */
  boolean nextTask(Draw draw, long key) {
    if (beginsIterating()) {
      part = Part.ITERATING;
    }
    switch (part) {
      case ON_START -> task = script.onStart[position++];
      case ITERATING -> {
        double drawn = draw.at(key, iteration, 0).unit(Draw.TASK, 0);
        task = script.tasks[script.weights.pick(drawn)];
      }
      case ON_STOP -> {
        if (position == script.onStop.length) {
          return false;
        }
        task = script.onStop[position++];
      }
    }
    step = 0;
    return true;
  }

  /** Goes to the task's next step; false if it has none. */
  boolean nextStep() {
    if (step + 1 < task.length) {
      step++;
      return true;
    }
    return false;
  }

  /** The task is over. */
  void taskOver() {
    iteration++;
  }

  /** Takes the request that is next off what may be started; false if it may not be. */
  boolean take() {
    if (part == Part.ON_STOP) {
      return onStopBudget-- > 0;
    }
    boolean begins = part == Part.ITERATING && step == 0;
    if (budget == 0 || (begins && iterationsLeft == 0)) {
      return false;
    }
    budget--;
    if (begins) {
      iterationsLeft--;
    }
    return true;
  }
}
