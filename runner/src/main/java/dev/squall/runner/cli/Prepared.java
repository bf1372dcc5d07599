package dev.squall.runner.cli;

import dev.squall.api.wire.Plan;
import dev.squall.runner.control.RunnerSession;
import dev.squall.runner.engine.Engine;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.engine.Share;
import dev.squall.runner.plan.CompiledPlan;
import dev.squall.runner.plan.PlanCompiler;
import dev.squall.runner.plan.Sources;
import dev.squall.runner.plan.TrialPlan;

/**
 * A plan ready to be run.
 *
 * @param plan the plan
 * @param sources where its credentials and datasets are
 * @param compiled the plan in the engine's types
 */
record Prepared(Plan plan, Sources sources, CompiledPlan compiled) {

  /**
   * Compiles a plan.
   *
   * @throws dev.squall.runner.plan.PlanException if it cannot be run
   */
  static Prepared of(Plan plan, Sources sources) {
    return new Prepared(plan, sources, PlanCompiler.compile(plan, sources));
  }

  /** Makes a session ready: with one engine, or of a search with one for each trial. */
  void ready(RunnerSession session, int index, EngineOptions options) {
    Share share = new Share(index, plan.runners());
    if (TrialPlan.searches(plan.test())) {
      session.ready(
          trial -> {
            Plan one = TrialPlan.of(plan, trial.number(), trial.level(), trial.seconds());
            return Engine.create(PlanCompiler.compile(one, sources).workload(), share, options);
          },
          compiled.datasets());
    } else {
      session.ready(Engine.create(compiled.workload(), share, options), compiled.datasets());
    }
  }
}
