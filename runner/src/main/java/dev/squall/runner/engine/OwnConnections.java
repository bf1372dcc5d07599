package dev.squall.runner.engine;

import java.net.InetSocketAddress;
import java.util.List;

/** For each exchange a connection of its own, kept from one request to the next. */
final class OwnConnections implements Connections, Connection.Keeper {
  private final UserLoop loop;
  private final Dialer dialer;
  private final boolean sticky;

  OwnConnections(UserLoop loop, Dialer dialer, ConnectionSettings.Spread spread) {
    this.loop = loop;
    this.dialer = dialer;
    this.sticky = spread == ConnectionSettings.Spread.STICKY;
  }

  @Override
  public Taken take(Exchange exchange) {
    List<InetSocketAddress> addresses = loop.addresses().known();
    if (addresses.isEmpty()) {
      return Taken.UNRESOLVED;
    }
    Connection connection = new Connection(loop, dialer, this);
    connection.carry(exchange);
    exchange.given(connection);
    int turn = sticky ? exchange.first() : exchange.turn();
    connection.open(addresses.get(turn % addresses.size()));
    return Taken.GIVEN;
  }

  @Override
  public void forget(Exchange exchange) {
    throw new IllegalStateException("nobody waits for a connection of its own");
  }

  @Override
  public void prepare(Exchange exchange) {
    var _ = take(exchange);
  }

  @Override
  public void close() {
    // Each is its exchange's to close.
  }

  @Override
  public void established(Connection connection) {
    throw new IllegalStateException("a connection of nobody");
  }

  @Override
  public void unestablished(Connection connection, Refusal refusal) {
    // Its exchange gave it up before.
  }

  @Override
  public boolean released(Connection connection) {
    return true;
  }

  @Override
  public void gone(Connection connection) {
    // Its exchange opens another when it needs one.
  }
}
