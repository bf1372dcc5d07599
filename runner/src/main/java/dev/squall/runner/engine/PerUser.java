package dev.squall.runner.engine;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * For each exchange a connection of its own, kept from one request to the next. Only the event loop
 * calls it.
 */
abstract class PerUser implements Connections {
  private final UserLoop loop;

  /** Whether an exchange's connections all go to the same address. */
  private final boolean sticky;

  PerUser(UserLoop loop, ConnectionSettings.Spread spread) {
    this.loop = loop;
    this.sticky = spread == ConnectionSettings.Spread.STICKY;
  }

  /** Gives an exchange a connection, and begins to open it. */
  abstract void open(Exchange exchange, InetSocketAddress address);

  @Override
  public final Taken take(Exchange exchange) {
    List<InetSocketAddress> addresses = loop.addresses().known();
    if (addresses.isEmpty()) {
      return Taken.UNRESOLVED;
    }
    int turn = sticky ? exchange.first() : exchange.turn();
    open(exchange, addresses.get(turn % addresses.size()));
    return Taken.GIVEN;
  }

  @Override
  public final void forget(Exchange exchange) {
    throw new IllegalStateException("nobody waits for a connection of its own");
  }

  @Override
  public final void prepare(Exchange exchange) {
    var _ = take(exchange);
  }

  @Override
  public final void close() {
    // Each is its exchange's to close.
  }
}
