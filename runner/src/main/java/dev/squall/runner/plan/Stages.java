package dev.squall.runner.plan;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.RampShape;
import dev.squall.api.v1alpha1.StageHold;
import dev.squall.api.v1alpha1.StageRamp;
import dev.squall.api.v1alpha1.StageSine;
import dev.squall.api.v1alpha1.StageSpike;
import dev.squall.api.v1alpha1.StageStep;
import dev.squall.runner.engine.arrival.LoadProfile;
import dev.squall.runner.engine.arrival.Stage;
import java.util.List;

/** Compiles a load's stages. */
final class Stages {
  private Stages() {}

  /**
   * The profile that begins at 0 and goes through the stages.
   *
   * @throws PlanException naming the stages' field, if they cannot follow each other
   */
  static LoadProfile profile(String field, List<dev.squall.api.v1alpha1.Stage> stages) {
    try {
      return LoadProfile.of(0, stages.stream().map(Stages::stage).toList());
    } catch (IllegalArgumentException e) {
      throw new PlanException(field, String.valueOf(e.getMessage()));
    }
  }

  private static Stage stage(dev.squall.api.v1alpha1.Stage spec) {
    StageRamp ramp = spec.ramp();
    if (ramp != null) {
      long nanos = nanos(ramp.duration());
      return ramp.shape() == RampShape.Exponential
          ? new Stage.ExponentialRamp(ramp.to(), nanos)
          : new Stage.Ramp(ramp.to(), nanos);
    }
    StageStep step = spec.step();
    if (step != null) {
      return new Stage.Step(step.to(), nanos(step.duration()));
    }
    StageHold hold = spec.hold();
    if (hold != null) {
      return new Stage.Hold(nanos(hold.duration()));
    }
    StageSpike spike = spec.spike();
    if (spike != null) {
      return new Stage.Spike(
          spike.peak(), nanos(spike.rise()), nanos(spike.hold()), nanos(spike.fall()));
    }
    StageSine sine = spec.sine();
    if (sine != null) {
      return new Stage.Sine(
          sine.mean(), sine.amplitude(), nanos(sine.period()), nanos(sine.duration()));
    }
    throw new IllegalArgumentException(
        "a stage of no kind: set one of ramp, step, hold, spike, sine");
  }

  private static long nanos(String duration) {
    return Durations.parse(duration).toNanos();
  }
}
