package dev.squall.runner.engine;

import java.util.List;

/**
 * A weighted choice inside a scenario: a sequence of requests. A failed step ends it.
 *
 * @param name name of the task
 * @param weight how often it is chosen, relative to the others; not used for onStart and onStop
 * @param steps its requests, at least one
 */
public record Task(String name, double weight, List<Step> steps) {
  /** Copies the list. */
  public Task {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("task '" + name + "' has no request");
    }
  }
}
