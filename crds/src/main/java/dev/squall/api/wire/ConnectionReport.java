package dev.squall.api.wire;

import dev.squall.api.v1alpha1.ResponseTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What opening connections took, and what went to which of the target's addresses, warm-up
 * included.
 *
 * @param steps the steps that were taken or failed, in their order
 * @param addresses what went to each address, the most requests first, at most 64
 * @param addressesOmitted how many are left out
 */
public record ConnectionReport(List<Step> steps, List<Address> addresses, int addressesOmitted) {
  /** Copies the lists; absent ones are empty. */
  public ConnectionReport {
    steps = steps == null ? List.of() : List.copyOf(steps);
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
  }

  /** No connection was opened. */
  public static ConnectionReport none() {
    return new ConnectionReport(List.of(), List.of(), 0);
  }

  /**
   * One step on the way to a connection.
   *
   * @param name {@code resolve}, {@code connect}, {@code tls-full} or {@code tls-resumed}
   * @param count how often it was taken
   * @param failures how often it failed; handshakes that failed are counted as {@code tls-full}
   * @param times how long those took that were taken, null without one
   */
  public record Step(String name, long count, long failures, @Nullable ResponseTimes times) {}

  /**
   * What went to one address.
   *
   * @param address address and port; {@code others} for those beyond the first 256
   * @param connections connections opened to it
   * @param requests HTTP requests sent to it, each redirect that was followed among them
   */
  public record Address(String address, long connections, long requests) {}
}
