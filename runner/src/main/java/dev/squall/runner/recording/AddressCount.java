package dev.squall.runner.recording;

/**
 * How much went to one of the target's addresses.
 *
 * @param address address and port, as {@code 10.1.2.3:8080} or {@code [fd00::1]:8080}
 * @param connections connections opened to it
 * @param requests HTTP requests sent to it: one that was sent again, or led on by a redirect,
 *     counts each time
 */
public record AddressCount(String address, long connections, long requests) {
  /** This and another count of the same address as one. */
  public AddressCount plus(AddressCount other) {
    return new AddressCount(address, connections + other.connections, requests + other.requests);
  }
}
