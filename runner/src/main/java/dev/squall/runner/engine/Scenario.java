package dev.squall.runner.engine;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a virtual user does.
 *
 * @param name name of the scenario
 * @param weight share of the users that follow it, relative to the other scenarios
 * @param pause what happens between iterations
 * @param onStart tasks done once, in order, before the first iteration; a failure is recorded and
 *     the user goes on
 * @param tasks tasks to choose from in each iteration, at least one
 * @param onStop tasks done once, in order, when the load ends by itself (not after {@link
 *     Engine#stop})
 * @param cookies whether each user keeps the target's cookies and sends them back
 */
public record Scenario(
    String name,
    double weight,
    Wait pause,
    List<Task> onStart,
    List<Task> tasks,
    List<Task> onStop,
    boolean cookies) {
  /** Copies the lists. */
  public Scenario {
    onStart = List.copyOf(onStart);
    tasks = List.copyOf(tasks);
    onStop = List.copyOf(onStop);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("scenario '" + name + "' has no task");
    }
  }

  /** Without cookies. */
  public Scenario(
      String name,
      double weight,
      Wait pause,
      List<Task> onStart,
      List<Task> tasks,
      List<Task> onStop) {
    this(name, weight, pause, onStart, tasks, onStop, false);
  }

  /** All steps of all tasks. */
  Stream<Step> steps() {
    return Stream.of(onStart, tasks, onStop)
        .flatMap(List::stream)
        .flatMap(task -> task.steps().stream());
  }
}
