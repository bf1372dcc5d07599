package dev.squall.runner.engine;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The connections that all exchanges of an event loop share. Who finds none free waits in line, the
 * first to come being the first to get one, whichever load it is of. Another connection is opened
 * when somebody waits and there may be another. Only the event loop calls it.
 */
abstract class Pool implements Connections {
  private final UserLoop loop;
  private final int max;
  private final int exchangesEach;
  private final Opening opening;
  private final Chain<Exchange> waiting = new Chain<>();

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
   * @param exchangesEach how many exchanges a connection may carry at a time, at least 1
   */
  Pool(UserLoop loop, ConnectionSettings.Pool settings, LoopShare part, int exchangesEach) {
    this.loop = loop;
    this.max = part.of(settings.max());
    this.exchangesEach = exchangesEach;
    this.turn = part.number();
    this.opening = new Opening(loop.timers(), this, Opening.Terms.of(settings, part));
  }

  /** Gives an exchange a carrier that is free; false if none is. */
  abstract boolean giveFree(Exchange exchange);

  /** Begins to open a connection. */
  abstract void open(InetSocketAddress address, long withinNanos);

  /** Closes the connections that are open, those in use once they are released. */
  abstract void closeOpen();

  @Override
  public final Opening opening() {
    return opening;
  }

  /** Those who wait for a carrier, the first to come first. */
  final Chain<Exchange> waiting() {
    return waiting;
  }

  /** Whether all loads are over. */
  final boolean closed() {
    return closed;
  }

  @Override
  public final Taken take(Exchange exchange) {
    if (closed) {
      throw new IllegalStateException("the pool is closed");
    }
    if (waiting.size() == 0 && giveFree(exchange)) {
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

  /** Opens as many connections as are needed for those who wait, as far as there may be more. */
  final void grow() {
    if (growing) {
      return;
    }
    growing = true;
    while ((long) establishing * exchangesEach < waiting.size() && count < max && !closed) {
      if (!dial()) {
        break;
      }
    }
    growing = false;
  }

  /** Opens another connection; false if no address is known, or there are as many as may be. */
  final boolean dial() {
    List<InetSocketAddress> addresses = loop.addresses().known();
    if (addresses.isEmpty() || count == max) {
      return false;
    }
    count++;
    establishing++;
    // Each further connection goes to the next address, so that all of them get their part.
    int at = turn++ & Integer.MAX_VALUE;
    open(addresses.get(at % addresses.size()), loop.lives().connectTimeoutNanos());
    return true;
  }

  /** Why no address is known, as long as none is. */
  final String unresolved() {
    return loop.addresses().refusal().reason();
  }

  /** Connections that there are, not counting those that are not established yet. */
  final int established() {
    return count - establishing;
  }

  /** Connections that there are. */
  final int count() {
    return count;
  }

  /** A connection is not on its way any more: it is established. */
  final void arrived() {
    establishing--;
  }

  /** A connection could not be established: who has waited longest is told. */
  final void failed(Refusal refusal) {
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

  /** A connection that was established takes part no more. */
  final void left() {
    count--;
    if (!closed) {
      opening.fellBack();
      grow();
    }
  }

  @Override
  public final void forget(Exchange exchange) {
    waiting.remove(exchange.place());
  }

  @Override
  public final void prepare(Exchange exchange) {
    // The pool opens beforehand what it is told to, not for anybody in particular.
  }

  @Override
  public final void close() {
    closed = true;
    opening.end();
    closeOpen();
  }
}
