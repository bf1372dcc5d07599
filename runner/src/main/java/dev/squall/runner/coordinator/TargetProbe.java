package dev.squall.runner.coordinator;

import java.util.Optional;

/** Asks the target whether it is ready. */
@FunctionalInterface
public interface TargetProbe {
  /** Asks once; empty if the target is ready, else why it is not. Blocks for seconds at most. */
  Optional<String> problem();
}
