package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerSecond;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.recording.Times;
import dev.squall.runner.vitals.Vitals;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the coordinator knows of one runner. Used by the coordinator's thread alone. */
final class RunnerView {
  final int index;
  final RunnerLink link;

  /** Stands for a call under way; a runner is not asked again before it is answered. */
  @Nullable Object pending;

  private @Nullable RunnerState state;
  private long heardNanos;
  private final Deque<SelfMeasured> unmerged = new ArrayDeque<>();
  private Times lateness = new Times();
  private Vitals vitals = Vitals.none();
  private String problem = "not asked yet";
  private @Nullable String lost;

  private record SelfMeasured(int interval, Vitals vitals, Times lateness) {}

  RunnerView(int index, RunnerLink link, long nowNanos) {
    this.index = index;
    this.link = link;
    this.heardNanos = nowNanos;
  }

  /** The runner answered. */
  void answered(RunnerState answer, long nowNanos) {
    state = answer;
    heardNanos = nowNanos;
    problem = "";
  }

  /** Another second of the runner has come; it counts once it is merged with the others'. */
  void pulled(RunnerSecond second) {
    unmerged.add(
        new SelfMeasured(
            second.snapshot().interval(), second.vitals(), second.snapshot().lateness()));
  }

  /**
   * An interval was merged: what the runner measured of itself up to it counts. Not as soon as it
   * is pulled, so that what is judged at an interval is the same whoever gathers, and when.
   */
  void merged(int interval) {
    while (!unmerged.isEmpty() && unmerged.getFirst().interval() <= interval) {
      SelfMeasured next = unmerged.removeFirst();
      vitals = vitals.plus(next.vitals());
      lateness.add(next.lateness());
    }
  }

  /**
   * How late it sent its requests, over all intervals that were merged, of a search those of its
   * last trial.
   */
  Times lateness() {
    return lateness;
  }

  /** Another trial begins: what was measured before says nothing of it. */
  void measuredAnew() {
    vitals = Vitals.none();
    lateness = new Times();
  }

  /**
   * What it measured of itself, over all intervals that were merged, of a search those of its last
   * trial.
   */
  Vitals vitals() {
    return vitals;
  }

  /** The runner took its start. */
  void started(StartOrder order) {
    // An answer that is still on its way may be from before: it would deny the start.
    pending = null;
    if (state != null) {
      state =
          new RunnerState(
              Phase.Running,
              state.fault(),
              order,
              state.intervals(),
              0,
              null,
              state.datasets(),
              state.machine(),
              null,
              state.engine(),
              null);
    }
  }

  /** The runner did not answer. */
  void silent(String why) {
    problem = why;
  }

  /** The runner is given up. */
  void lose(String why) {
    if (lost == null) {
      lost = why;
    }
  }

  String name() {
    return link.name();
  }

  Optional<RunnerState> state() {
    return Optional.ofNullable(state);
  }

  Optional<String> lost() {
    return Optional.ofNullable(lost);
  }

  /** Why the last call failed; empty if it did not. */
  String problem() {
    return problem;
  }

  long heardNanos() {
    return heardNanos;
  }

  boolean is(Phase phase) {
    return state != null && state.phase() == phase;
  }

  Optional<StartOrder> start() {
    return state().map(RunnerState::start);
  }

  /** The trial that it was told last. */
  Optional<Trial> trial() {
    return start().map(StartOrder::trial);
  }

  /** The last interval before its trial was told to end; empty while it goes on. */
  Optional<Integer> stoppedAfter() {
    return state().map(RunnerState::stoppedAfter);
  }

  /** Why it is not ready, in a few words. */
  String waitingFor() {
    RunnerState known = state;
    if (!problem.isEmpty()) {
      return name() + " does not answer (" + problem + ")";
    }
    if (known == null) {
      return name() + " is unknown";
    }
    String preparing = known.preparing();
    return name() + " is " + known.phase() + (preparing == null ? "" : " (" + preparing + ")");
  }
}
