package dev.squall.runner.control;

import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.engine.Engine;

/** Makes the engine of each trial of a search: the same test at another level of load. */
@FunctionalInterface
public interface TrialEngines {
  /** An engine with this runner's share of a trial, not started. */
  Engine make(Trial trial);
}
