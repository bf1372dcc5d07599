package dev.squall.runner.engine;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;

/**
 * A pool of HTTP/2 connections, each with many streams at a time. Requests go to the connections in
 * turn, as far as those take more streams. One that is leaving is not counted any more: another may
 * take its place while its last streams end. Only the event loop calls it.
 */
final class SharedStreams extends Pool implements Http2Connection.Keeper, Http2Stream.Keeper {
  /** Most streams that are kept for later. */
  private static final int MOST_KEPT = 1_024;

  private final UserLoop loop;
  private final Dialer dialer;
  private final Http2Scratch scratch;
  private final int streamsEach;
  private final Chain<Http2Connection> withRoom = new Chain<>();
  private final Chain<Http2Connection> open = new Chain<>();
  private final ArrayDeque<Http2Stream> free = new ArrayDeque<>();
  private boolean serving;

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
    super(loop, settings, part, settings.streams());
    this.loop = loop;
    this.dialer = dialer;
    this.scratch = scratch;
    this.streamsEach = settings.streams();
  }

  @Override
  boolean giveFree(Exchange exchange) {
    Http2Connection next = withRoom.takeFirst();
    if (next == null) {
      return false;
    }
    give(next, exchange);
    return true;
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
    boolean hasRoom = connection.given < Math.min(streamsEach, connection.life.limit());
    boolean isIn = connection.place.isIn();
    if (hasRoom && !isIn) {
      withRoom.add(connection.place);
    } else if (!hasRoom && isIn) {
      withRoom.remove(connection.place);
    }
  }

  @Override
  void open(InetSocketAddress address, long withinNanos) {
    new Http2Connection(loop, dialer, this, scratch).openWithin(address, withinNanos);
  }

  @Override
  public void established(Http2Connection connection) {
    arrived();
    if (closed()) {
      connection.shut();
      return;
    }
    open.add(connection.member);
    opening().progressed();
    limited(connection);
  }

  /** Gives streams to those who wait, as long as there are any. */
  private void serve() {
    if (serving) {
      return;
    }
    serving = true;
    while (waiting().size() > 0 && withRoom.size() > 0) {
      Exchange first = waiting().takeFirst();
      Http2Connection next = withRoom.takeFirst();
      if (first != null && next != null) {
        give(next, first);
      }
    }
    serving = false;
  }

  @Override
  public void unestablished(Http2Connection connection, Refusal refusal) {
    failed(refusal);
  }

  @Override
  public void limited(Http2Connection connection) {
    sort(connection);
    serve();
    grow();
  }

  @Override
  public void gone(Http2Connection connection) {
    withRoom.remove(connection.place);
    open.remove(connection.member);
    left();
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
    if (!connection.life.isOpen()) {
      return;
    }
    if (closed()) {
      connection.retire();
    } else {
      sort(connection);
      serve();
    }
  }

  @Override
  void closeOpen() {
    for (Http2Connection one = open.takeLast(); one != null; one = open.takeLast()) {
      one.retire();
    }
  }
}
