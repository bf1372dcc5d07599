package dev.squall.runner.control;

import dev.squall.api.wire.RunValidity;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.engine.Engine;
import org.jspecify.annotations.Nullable;

/** The engine that a start order asks for: the load's own, or one for a trial of a search. */
final class EngineChoice {
  private EngineChoice() {}

  /**
   * The engine.
   *
   * @param whole the load's engine, null in a search
   * @param each makes a trial's engine, null without a search
   * @param newest number of the newest interval kept
   */
  static Engine of(
      StartOrder wanted, @Nullable Engine whole, @Nullable TrialEngines each, int newest)
      throws RunnerRefusedException {
    Trial trial = wanted.trial();
    if (trial == null) {
      if (whole == null) {
        throw new RunnerRefusedException("this runner was told no trial, but searches");
      }
      return whole;
    }
    if (each == null) {
      throw new RunnerRefusedException("this runner was told a trial, but does not search");
    }
    if (trial.afterInterval() < newest) {
      throw new RunnerRefusedException(
          "this runner has interval %d already; trial %d must come after it, not after %d"
              .formatted(newest, trial.number(), trial.afterInterval()));
    }
    return each.make(trial);
  }

  /** How an engine sends, as the result says it. */
  static RunValidity.Engine how(Engine engine) {
    return new RunValidity.Engine(
        engine.transport(),
        engine.transportReason().orElse(null),
        engine.tlsProvider().orElse(null),
        engine.protocol());
  }
}
