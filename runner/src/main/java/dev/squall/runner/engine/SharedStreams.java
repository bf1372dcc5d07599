package dev.squall.runner.engine;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The HTTP/2 connections that all exchanges of an event loop share, each with many streams at a
 * time. Requests go to the connections in turn, as far as those take more streams. Who finds none
 * waits in line, the first to come being the first to get one, whichever load it is of. Another
 * connection is opened when somebody waits and there may be another. One that is leaving is not
 * counted any more: another may take its place while its last streams end. Only the event loop
 * calls it.
 */
final class SharedStreams implements Pool, Http2Connection.Keeper, Http2Stream.Keeper {
  /** Most streams that are kept for later. */
  private static final int MOST_KEPT = 1_024;

  private final UserLoop loop;
  private final Dialer dialer;
  private final Http2Scratch scratch;
  private final int max;
  private final int streamsEach;
  private final Opening opening;
  private final Chain<Exchange> waiting = new Chain<>();
  private final Chain<Http2Connection> withRoom = new Chain<>();
  private final Chain<Http2Connection> open = new Chain<>();
  private final ArrayDeque<Http2Stream> free = new ArrayDeque<>();

  /** Connections that there are, and those among them that are not established yet. */
  private int count;

  private int establishing;
  private int turn;
  private boolean growing;
  private boolean serving;
  private boolean closed;

  /**
   * None is open yet.
   *
   * @param settings of the pool over all runners
   * @param part the event loop's part of it, at least one connection
   */
  SharedStreams(
      UserLoop loop,
      Dialer dialer,
      Http2Scratch scratch,
      ConnectionSettings.Pool settings,
      LoopShare part) {
    this.loop = loop;
    this.dialer = dialer;
    this.scratch = scratch;
    this.max = part.of(settings.max());
    this.streamsEach = settings.streams();
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
    Http2Connection next = waiting.size() == 0 ? withRoom.takeFirst() : null;
    if (next != null) {
      give(next, exchange);
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

  /** Gives an exchange a stream of a connection that was just taken from those with room. */
  private void give(Http2Connection connection, Exchange exchange) {
    connection.given++;
    sort(connection);
    Http2Stream kept = free.pollLast();
    Http2Stream stream =
        kept == null ? new Http2Stream(this, connection, scratch.newAnswer()) : kept;
    stream.carry(connection, exchange);
    exchange.given(stream);
  }

  /** Keeps an open connection among those with room for another stream, or not. */
  private void sort(Http2Connection connection) {
    boolean hasRoom = connection.given < Math.min(streamsEach, connection.limit());
    boolean isIn = connection.place().isIn();
    if (hasRoom && !isIn) {
      withRoom.add(connection.place());
    } else if (!hasRoom && isIn) {
      withRoom.remove(connection.place());
    }
  }

  /** Opens as many connections as are needed for those who wait, as far as there may be more. */
  private void grow() {
    if (growing) {
      return;
    }
    growing = true;
    while ((long) establishing * streamsEach < waiting.size() && count < max && !closed) {
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
    Http2Connection connection = new Http2Connection(loop, dialer, this, scratch);
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
  public void established(Http2Connection connection) {
    establishing--;
    if (closed) {
      connection.shut();
      return;
    }
    open.add(connection.member());
    sort(connection);
    opening.progressed();
    serve();
    grow();
  }

  /** Gives streams to those who wait, as long as there are any. */
  private void serve() {
    if (serving) {
      return;
    }
    serving = true;
    while (waiting.size() > 0 && withRoom.size() > 0) {
      Exchange first = waiting.takeFirst();
      Http2Connection next = withRoom.takeFirst();
      if (first != null && next != null) {
        give(next, first);
      }
    }
    serving = false;
  }

  @Override
  public void unestablished(Http2Connection connection, Refusal refusal) {
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
  public void limited(Http2Connection connection) {
    sort(connection);
    serve();
    grow();
  }

  @Override
  public void gone(Http2Connection connection) {
    withRoom.remove(connection.place());
    open.remove(connection.member());
    count--;
    if (!closed) {
      opening.fellBack();
      grow();
    }
  }

  @Override
  public boolean released(Http2Stream stream) {
    discarded(stream);
    return false;
  }

  @Override
  public void discarded(Http2Stream stream) {
    Http2Connection connection = stream.connection();
    connection.given--;
    if (free.size() < MOST_KEPT) {
      free.addLast(stream);
    }
    if (!connection.isOpen()) {
      return;
    }
    if (closed) {
      connection.retire();
    } else {
      sort(connection);
      serve();
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
    for (Http2Connection one = open.takeLast(); one != null; one = open.takeLast()) {
      one.retire();
    }
  }
}
