package dev.squall.api.check;

import dev.squall.api.v1alpha1.RampShape;
import dev.squall.api.v1alpha1.Stage;
import dev.squall.api.v1alpha1.StageHold;
import dev.squall.api.v1alpha1.StageRamp;
import dev.squall.api.v1alpha1.StageSine;
import dev.squall.api.v1alpha1.StageSpike;
import dev.squall.api.v1alpha1.StageStep;
import java.time.Duration;
import java.util.List;

/** Stages that can follow each other and lead somewhere. */
final class StageCheck {
  private StageCheck() {}

  /** The highest level that the stages reach; what is wrong with them goes to the findings. */
  static double peak(String path, List<Stage> stages, Findings findings) {
    double level = 0;
    double peak = 0;
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      StageRamp ramp = stage.ramp();
      if (ramp != null && ramp.shape() == RampShape.Exponential && level == 0) {
        findings.add(
            path + "[" + i + "].ramp.shape",
            "an Exponential ramp cannot begin at 0: put a step before it, or set shape to Linear");
      }
      peak = Math.max(peak, highest(stage, level));
      level = end(stage, level);
    }
    if (peak == 0) {
      findings.add(path, "they never leave 0: give a stage a level above 0");
    }
    return peak;
  }

  /** How long a stage lasts. */
  static Duration length(Stage stage) {
    StageRamp ramp = stage.ramp();
    StageStep step = stage.step();
    StageHold hold = stage.hold();
    StageSpike spike = stage.spike();
    StageSine sine = stage.sine();
    if (ramp != null) {
      return Durations.parse(ramp.duration());
    }
    if (step != null) {
      return Durations.parse(step.duration());
    }
    if (hold != null) {
      return Durations.parse(hold.duration());
    }
    if (spike != null) {
      return Durations.parse(spike.rise())
          .plus(Durations.parse(spike.hold()))
          .plus(Durations.parse(spike.fall()));
    }
    return sine == null ? Duration.ZERO : Durations.parse(sine.duration());
  }

  private static double highest(Stage stage, double level) {
    StageSpike spike = stage.spike();
    StageSine sine = stage.sine();
    if (spike != null) {
      return Math.max(level, spike.peak());
    }
    return sine != null ? sine.mean() + sine.amplitude() : end(stage, level);
  }

  private static double end(Stage stage, double level) {
    StageRamp ramp = stage.ramp();
    StageStep step = stage.step();
    StageSine sine = stage.sine();
    if (ramp != null) {
      return ramp.to();
    }
    if (step != null) {
      return step.to();
    }
    if (sine == null) {
      return level;
    }
    double swings =
        (double) Durations.parse(sine.duration()).toNanos()
            / Durations.parse(sine.period()).toNanos();
    return Math.max(0, sine.mean() + sine.amplitude() * Math.sin(2 * Math.PI * swings));
  }
}
