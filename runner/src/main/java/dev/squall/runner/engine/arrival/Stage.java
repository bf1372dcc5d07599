package dev.squall.runner.engine.arrival;

/**
 * One part of a load profile: how the level (a number of users, or a rate) moves over some time.
 *
 * <p>Levels are finite and not negative, times are in nanoseconds and positive unless said
 * otherwise; a constructor that is given anything else throws {@link IllegalArgumentException}
 * naming the component. "Where the last stage ended" is the profile's first level for the first
 * stage.
 */
public sealed interface Stage {

  /** How long the stage lasts, in nanoseconds. */
  long durationNanos();

  /** Stays at the level where the last stage ended. */
  record Hold(long durationNanos) implements Stage {
    public Hold {
      Check.positive("hold.duration", durationNanos);
    }
  }

  /** Jumps to a level and stays there. */
  record Step(double level, long durationNanos) implements Stage {
    public Step {
      Check.level("step.level", level);
      Check.positive("step.duration", durationNanos);
    }
  }

  /** Moves linearly from where the last stage ended to a target. */
  record Ramp(double target, long durationNanos) implements Stage {
    public Ramp {
      Check.level("ramp.target", target);
      Check.positive("ramp.duration", durationNanos);
    }
  }

  /**
   * Moves from where the last stage ended to a target by a constant factor per unit of time. Both
   * ends must be above 0, for no factor leads to or from nothing.
   */
  record ExponentialRamp(double target, long durationNanos) implements Stage {
    public ExponentialRamp {
      Check.level("exponentialRamp.target", target);
      if (target == 0) {
        throw new IllegalArgumentException(
            "exponentialRamp.target: is 0, which no factor leads to; give a level above 0, or use a"
                + " linear ramp");
      }
      Check.positive("exponentialRamp.duration", durationNanos);
    }
  }

  /**
   * Climbs (or descends) to a target in equal steps of equal length; the first step is taken at
   * once, the last one holds the target.
   */
  record Stairs(double target, int steps, long durationNanos) implements Stage {
    public Stairs {
      Check.level("stairs.target", target);
      Check.positive("stairs.duration", durationNanos);
      if (steps < 1 || steps > durationNanos || steps > 10_000) {
        throw new IllegalArgumentException(
            "stairs.steps: is " + steps + "; give 1 to 10000 steps of at least 1 ns");
      }
    }
  }

  /**
   * A short surge: up to the peak within the rise, there for the hold, then back within the fall to
   * where the last stage ended. Each of the three times may be 0, not all of them.
   */
  record Spike(double peak, long riseNanos, long holdNanos, long fallNanos) implements Stage {
    public Spike {
      Check.level("spike.peak", peak);
      if (riseNanos < 0 || holdNanos < 0 || fallNanos < 0) {
        throw new IllegalArgumentException("spike: rise, hold and fall cannot be negative");
      }
      Check.positive("spike.rise + spike.hold + spike.fall", riseNanos + holdNanos + fallNanos);
    }

    @Override
    public long durationNanos() {
      return riseNanos + holdNanos + fallNanos;
    }
  }

  /**
   * Swings around a mean: {@code mean + amplitude · sin(2π · time / period)}, beginning at the mean
   * and going up. The amplitude is at most the mean.
   */
  record Sine(double mean, double amplitude, long periodNanos, long durationNanos)
      implements Stage {
    public Sine {
      Check.level("sine.mean", mean);
      Check.level("sine.amplitude", amplitude);
      Check.positive("sine.period", periodNanos);
      Check.positive("sine.duration", durationNanos);
      if (amplitude > mean) {
        throw new IllegalArgumentException(
            "sine.amplitude: "
                + amplitude
                + " is above the mean of "
                + mean
                + ", so the level would be negative; lower it or raise sine.mean");
      }
    }
  }
}
