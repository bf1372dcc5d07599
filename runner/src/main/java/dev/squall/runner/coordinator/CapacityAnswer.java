package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.CapacityLimit;
import dev.squall.api.v1alpha1.CapacityStatus;
import java.util.Optional;

/** A capacity in words, the same in the verdict, in {@code squall run} and on the live page. */
public final class CapacityAnswer {
  private CapacityAnswer() {}

  /**
   * The level and what is above it, such as {@code 40/s, the highest level allowed}; empty while
   * none is confirmed.
   */
  public static Optional<String> of(CapacityStatus found) {
    return Optional.ofNullable(found.milliLevel())
        .map(level -> SearchNow.level(level) + SearchNow.unit(found.of()) + above(found));
  }

  private static String above(CapacityStatus found) {
    if (found.limitedBy() == CapacityLimit.Range) {
      return ", the highest level allowed";
    }
    return found.message() == null ? "" : "; above it, " + found.message();
  }
}
