package dev.squall.runner.engine;

import java.net.InetSocketAddress;

/** For each exchange an HTTP/1.1 connection of its own. */
final class OwnConnections extends PerUser implements Connection.Keeper {
  private final UserLoop loop;
  private final Dialer dialer;

  OwnConnections(UserLoop loop, Dialer dialer, ConnectionSettings.Spread spread) {
    super(loop, spread);
    this.loop = loop;
    this.dialer = dialer;
  }

  @Override
  void open(Exchange exchange, InetSocketAddress address) {
    Connection connection = new Connection(loop, dialer, this);
    connection.carry(exchange);
    connection.open(address);
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
