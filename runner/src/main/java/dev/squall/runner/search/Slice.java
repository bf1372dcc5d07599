package dev.squall.runner.search;

import java.util.List;

/**
 * What was measured in a short part of a trial, a second as a rule.
 *
 * @param seconds its length
 * @param offered arrivals due in it, or for a closed load requests begun
 * @param completed requests that were answered, failed or timed out
 * @param failed those of them that failed
 * @param dropped arrivals that were never sent
 * @param inFlight requests due and not completed at its end: in flight, and waiting for a free slot
 * @param meanMicros mean response time of the completed ones in µs, 0 if there is none
 * @param slow for each objective of the search, in its order: how many of the completed took as
 *     long as its limit or longer; 0 where it is no limit on response time
 */
public record Slice(
    double seconds,
    long offered,
    long completed,
    long failed,
    long dropped,
    double inFlight,
    double meanMicros,
    List<Long> slow) {
  public Slice {
    slow = List.copyOf(slow);
  }
}
