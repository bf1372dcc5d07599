package dev.squall.runner.engine;

import java.net.InetSocketAddress;

/**
 * A pool of HTTP/1.1 connections, one exchange on each at a time. The one used last is used first,
 * so that those not needed are idle. Only the event loop calls it.
 */
final class SharedConnections extends Pool implements Connection.Keeper {
  private final UserLoop loop;
  private final Dialer dialer;
  private final Chain<Connection> idle = new Chain<>();

  /**
   * None is open yet.
   *
   * @param settings of the pool over all runners
   * @param part the event loop's part of it, at least one connection
   */
  SharedConnections(
      UserLoop loop, Dialer dialer, ConnectionSettings.Pool settings, LoopShare part) {
    super(loop, settings, part, 1);
    this.loop = loop;
    this.dialer = dialer;
  }

  @Override
  boolean giveFree(Exchange exchange) {
    Connection free = idle.takeLast();
    if (free == null) {
      return false;
    }
    free.carry(exchange);
    return true;
  }

  @Override
  void open(InetSocketAddress address, long withinNanos) {
    new Connection(loop, dialer, this).openWithin(address, withinNanos);
  }

  @Override
  public void established(Connection connection) {
    arrived();
    if (closed()) {
      connection.reset();
    } else {
      opening().progressed();
      released(connection);
    }
  }

  @Override
  public void unestablished(Connection connection, Refusal refusal) {
    failed(refusal);
  }

  @Override
  public boolean released(Connection connection) {
    Exchange first = waiting().takeFirst();
    if (first == null) {
      idle.add(connection.place());
    } else {
      connection.carry(first);
    }
    return false;
  }

  @Override
  public void gone(Connection connection) {
    idle.remove(connection.place());
    left();
  }

  @Override
  void closeOpen() {
    for (Connection one = idle.takeLast(); one != null; one = idle.takeLast()) {
      one.reset();
    }
  }
}
