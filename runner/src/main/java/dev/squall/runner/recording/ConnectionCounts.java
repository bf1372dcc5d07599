package dev.squall.runner.recording;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What opening connections took, each step apart, and what went to which address. One writer;
 * readers only after it is handed over. Counting what has been seen before allocates nothing.
 */
public final class ConnectionCounts {
  /** Addresses that are told apart; a target whose addresses change without end stops here. */
  public static final int MOST_ADDRESSES = 256;

  /** Stands for the addresses beyond {@link #MOST_ADDRESSES}. */
  public static final String OTHERS = "others";

  /** Each made when it is first taken, or fails. */
  private final Map<ConnectionStep, Step> steps = new EnumMap<>(ConnectionStep.class);

  private final Map<String, Address> addresses = new TreeMap<>();

  /** Counts of one address. One writer, and the same after each reset. */
  public static final class Address {
    private long connections;
    private long requests;

    private Address() {}

    /** A request is sent to it. */
    public void sent() {
      requests++;
    }

    /** A connection is opened to it. */
    public void opened() {
      connections++;
    }
  }

  private static final class Step {
    private final Times times = new Times();
    private long failures;
  }

  /** A step was taken. */
  public void took(ConnectionStep step, long nanos) {
    of(step).times.record(nanos);
  }

  /** A step failed. */
  public void failed(ConnectionStep step) {
    of(step).failures++;
  }

  private Step of(ConnectionStep step) {
    Step known = steps.get(step);
    if (known == null) {
      known = new Step();
      steps.put(step, known);
    }
    return known;
  }

  /** Counts of an address, by address and port; one object for as long as this one lives. */
  public Address address(String address) {
    Address known = addresses.get(address);
    return known != null
        ? known
        : addresses.computeIfAbsent(
            addresses.size() < MOST_ADDRESSES ? address : OTHERS, _ -> new Address());
  }

  /** Times of a step that were taken; none if it never was. */
  public Times times(ConnectionStep step) {
    Step known = steps.get(step);
    return known == null ? new Times() : known.times;
  }

  /** How often a step failed. */
  public long failures(ConnectionStep step) {
    Step known = steps.get(step);
    return known == null ? 0 : known.failures;
  }

  /** Whether a step was taken or failed. */
  public boolean has(ConnectionStep step) {
    return times(step).count() > 0 || failures(step) > 0;
  }

  /** What went to each address, by address; those that got nothing are left out. */
  public List<AddressCount> addresses() {
    List<AddressCount> all = new ArrayList<>();
    addresses.forEach(
        (name, counts) -> {
          if (counts.connections > 0 || counts.requests > 0) {
            all.add(new AddressCount(name, counts.connections, counts.requests));
          }
        });
    return all;
  }

  /** Adds all that another object holds. */
  public void add(ConnectionCounts other) {
    other.steps.forEach((step, more) -> add(step, more.times, more.failures));
    other.addresses().forEach(this::add);
  }

  /** Adds the counts of an address. */
  void add(AddressCount more) {
    Address mine = address(more.address());
    mine.connections += more.connections();
    mine.requests += more.requests();
  }

  /** Adds the counts of a step. */
  void add(ConnectionStep step, Times taken, long failed) {
    if (taken.count() > 0 || failed > 0) {
      Step mine = of(step);
      mine.times.add(taken);
      mine.failures += failed;
    }
  }

  /** Forgets everything, keeps the memory. */
  public void reset() {
    steps
        .values()
        .forEach(
            step -> {
              step.times.reset();
              step.failures = 0;
            });
    addresses
        .values()
        .forEach(
            counts -> {
              counts.connections = 0;
              counts.requests = 0;
            });
  }
}
