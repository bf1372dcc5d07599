package dev.squall.operator.accept;

import dev.squall.api.v1alpha1.LoadTestSpec;
import java.util.Optional;

/**
 * Whether a test may be run: what a schema cannot see of its spec, and where it is aimed.
 *
 * @param targets where load may be sent
 */
public record Acceptance(AllowedTargets targets) {
  /** Why a test in this namespace may not be run; empty if it may. */
  public Optional<Refusal> refuse(String namespace, LoadTestSpec test) {
    return targets.refuse(namespace, test.target());
  }

  /** Hash of what of a test is run. */
  public String contentHash(LoadTestSpec test) {
    return Integer.toHexString(test.hashCode());
  }
}
