package dev.squall.runner.engine.names;

import java.net.InetAddress;
import java.util.List;

/**
 * A name's addresses.
 *
 * @param addresses all of one family, IPv4 if there are any, in the order of the answer
 * @param seconds for how long they may be used
 */
record Found(List<InetAddress> addresses, long seconds) {
  static final Found NOTHING = new Found(List.of(), 0);

  /** Leaves out the family of which it is not known that it can be reached. */
  Found {
    Class<?> family = addresses.isEmpty() ? InetAddress.class : addresses.getFirst().getClass();
    addresses = addresses.stream().filter(family::isInstance).distinct().toList();
  }
}
