package dev.squall.operator.observe;

import dev.squall.api.wire.Summary;
import java.time.Duration;
import java.time.Instant;

/**
 * What the coordinator last answered.
 *
 * @param summary the answer
 * @param at when it was received
 */
public record FreshSummary(Summary summary, Instant at) {
  /** An older answer says nothing of now. */
  private static final Duration FRESH = Duration.ofSeconds(15);

  /** Whether it still says where the run stands now. */
  public boolean isFresh(Instant now) {
    return at.plus(FRESH).isAfter(now);
  }
}
