package dev.squall.runner.engine;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The connections that all exchanges of an event loop share. Who finds none free waits in line, the
 * first to come being the first to get one, whichever load it is of. A connection is opened when
 * somebody waits and there may be another; the one used last is used first, so that those not
 * needed are idle. Only the event loop calls it.
 */
final class SharedConnections implements Pool, Connection.Keeper {
  private final UserLoop loop;
  private final Dialer dialer;
  private final int max;
  private final Opening opening;
  private final Chain<Exchange> waiting = new Chain<>();
  private final Chain<Connection> idle = new Chain<>();

  /** Connections that there are, and those among them that are not established yet. */
  private int count;

  private int establishing;
  private int turn;
  private boolean growing;
  private boolean closed;

  /**
   * None is open yet.
   *
   * @param settings of the pool over all runners
   * @param part the event loop's part of it, at least one connection
   */
  SharedConnections(
      UserLoop loop, Dialer dialer, ConnectionSettings.Pool settings, LoopShare part) {
    this.loop = loop;
    this.dialer = dialer;
    this.max = part.of(settings.max());
    this.turn = part.number();
    this.opening = new Opening(loop.timers(), this, Opening.Terms.of(settings, part));
  }

  @Override
  public Opening opening() {
    return opening;
  }

  @Override
  public Taken take(Exchange exchange) {
    if (closed) {
      throw new IllegalStateException("the pool is closed");
    }
    Connection free = waiting.size() == 0 ? idle.takeLast() : null;
    if (free != null) {
      free.carry(exchange);
      exchange.given(free);
      return Taken.GIVEN;
    }
    if (count == 0 && loop.addresses().known().isEmpty()) {
      return Taken.UNRESOLVED;
    }
    waiting.add(exchange.place());
    grow();
    // It may have been told already that none could be opened.
    return exchange.place().isIn() ? Taken.QUEUED : Taken.GIVEN;
  }

  /** Opens a connection for each who waits, as far as there may be more. */
  private void grow() {
    if (growing) {
      return;
    }
    growing = true;
    while (establishing < waiting.size() && count < max && !closed) {
      if (!dial()) {
        break;
      }
    }
    growing = false;
  }

  @Override
  public boolean dial() {
    List<InetSocketAddress> addresses = loop.addresses().known();
    if (addresses.isEmpty() || count == max) {
      return false;
    }
    count++;
    establishing++;
    Connection connection = new Connection(loop, dialer, this);
    // Each further connection goes to the next address, so that all of them get their part.
    int at = turn++ & Integer.MAX_VALUE;
    connection.openWithin(addresses.get(at % addresses.size()), loop.connectTimeoutNanos());
    return true;
  }

  @Override
  public String unresolved() {
    return loop.addresses().refusal().reason();
  }

  @Override
  public int established() {
    return count - establishing;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void established(Connection connection) {
    establishing--;
    if (closed) {
      connection.reset();
    } else {
      opening.progressed();
      released(connection);
    }
  }

  @Override
  public void unestablished(Connection connection, Refusal refusal) {
    establishing--;
    count--;
    if (closed) {
      return;
    }
    opening.refused(refusal);
    Exchange first = waiting.takeFirst();
    if (first != null) {
      first.connectFailed(refusal);
    }
    grow();
  }

  @Override
  public boolean released(Connection connection) {
    Exchange first = waiting.takeFirst();
    if (first == null) {
      idle.add(connection.place());
    } else {
      connection.carry(first);
      first.given(connection);
    }
    return false;
  }

  @Override
  public void gone(Connection connection) {
    idle.remove(connection.place());
    count--;
    if (!closed) {
      opening.fellBack();
      grow();
    }
  }

  @Override
  public void forget(Exchange exchange) {
    waiting.remove(exchange.place());
  }

  @Override
  public void prepare(Exchange exchange) {
    // The pool opens beforehand what it is told to, not for anybody in particular.
  }

  @Override
  public void close() {
    closed = true;
    opening.end();
    for (Connection one = idle.takeLast(); one != null; one = idle.takeLast()) {
      one.reset();
    }
  }
}
