package dev.squall.runner.control;

import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.engine.Engine;
import dev.squall.runner.vitals.Machine;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A runner's share of the load: the engine that sends it, of a search that of the newest trial, the
 * start that it was told, and how far it came. Not thread-safe: its session's lock guards it.
 */
final class RunnerLoad {
  private final Machine machine = Machine.here();
  private @Nullable Engine sender;
  private @Nullable TrialEngines trials;
  private @Nullable StartOrder order;
  private @Nullable Long nanos;
  private @Nullable Integer stoppedAfter;
  private List<DatasetDigest> datasets = List.of();

  /** One engine sends all of it. */
  void prepared(Engine engine, List<DatasetDigest> digests) {
    sender = engine;
    datasets = List.copyOf(digests);
  }

  /** Each trial of a search has an engine of its own. */
  void prepared(TrialEngines engines, List<DatasetDigest> digests) {
    trials = engines;
    datasets = List.copyOf(digests);
  }

  /** The engine there is; null before, and before a search's first trial. */
  @Nullable Engine engine() {
    return sender;
  }

  /** Whether it was told to start. */
  boolean started() {
    return order != null;
  }

  /**
   * Whether it was told this start already.
   *
   * @throws RunnerRefusedException if it was told another, and is not a search's
   */
  boolean wasTold(StartOrder wanted) throws RunnerRefusedException {
    if (order == null || order.equals(wanted)) {
      return order != null;
    }
    if (wanted.trial() == null || order.trial() == null) {
      throw new RunnerRefusedException(
          "this runner was told another start already; a run starts once");
    }
    return false;
  }

  /**
   * Takes a start order.
   *
   * @param newest number of the newest interval kept
   * @return the engine to start
   * @throws RunnerRefusedException if this load cannot start so
   */
  Engine take(StartOrder wanted, int newest) throws RunnerRefusedException {
    Engine engine = EngineChoice.of(wanted, sender, trials, newest);
    sender = engine;
    order = wanted;
    stoppedAfter = null;
    return engine;
  }

  /** Ends it: gracefully, or now. */
  void stop(boolean now) {
    if (sender == null) {
      return;
    }
    if (now) {
      sender.abort();
    } else {
      sender.stop();
    }
  }

  /** Whether it is at a trial of a search. */
  boolean tries() {
    return order != null && order.trial() != null;
  }

  /** Whether it is at the trial of a number. */
  boolean tries(int number) {
    Trial trial = order == null ? null : order.trial();
    return trial != null && trial.number() == number;
  }

  /**
   * Ends the trial gracefully.
   *
   * @param newest number of the newest interval kept: later ones are not of the level asked for
   */
  void stopTrial(int newest) {
    if (stoppedAfter == null) {
      stoppedAfter = newest;
    }
    stop(false);
  }

  /** What an order started has ended, in a search a trial. */
  void ended(StartOrder what, long nowNanos) {
    Trial trial = what.trial();
    long before = trial == null ? 0 : TimeUnit.SECONDS.toNanos(trial.afterInterval());
    nanos = before + Math.max(0, nowNanos - what.nanos());
  }

  /** How it stands. */
  RunnerState state(Phase phase, @Nullable Fault fault, int newest) {
    Engine engine = sender;
    String preparing = engine == null || phase != Phase.Preparing ? "" : engine.opening();
    return new RunnerState(
        phase,
        fault,
        order,
        newest,
        engine == null || phase != Phase.Running ? 0 : engine.users(),
        nanos,
        datasets,
        machine,
        preparing.isEmpty() ? null : preparing,
        engine == null ? null : EngineChoice.how(engine),
        stoppedAfter);
  }
}
