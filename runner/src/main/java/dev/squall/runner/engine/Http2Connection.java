package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/2 (RFC 9113): how it begins and ends. It is established once the
 * target's settings have come. Only its event loop calls it.
 *
 * <p>One that the target tells to go away, or whose life or idle limit is over, begins no further
 * stream and is closed with its last. A request that times out gives up its own stream; the target
 * is then asked for a sign of life, and the connection is given up if there is none until one times
 * out that was sent later.
 */
final class Http2Connection extends Dialed<NettyWire> {
  /** Whose connection it is. */
  interface Keeper {
    /** It takes streams from here on. */
    void established(Http2Connection connection);

    /** It could not be established. */
    void unestablished(Http2Connection connection, Refusal refusal);

    /** How many streams it takes has changed. */
    void limited(Http2Connection connection);

    /** It was established, and takes no streams any more; those under way may go on. */
    void gone(Http2Connection connection);
  }

  /** How far it is. */
  final Http2Life life;

  /** What it says beside its requests. */
  final Http2Control control;

  /** How its requests are sent. */
  final Http2Sending sending;

  /** Its requests under way. */
  final Http2Streams streams;

  /** Its place among those that are open. */
  final Chain.Link<Http2Connection> member = new Chain.Link<>(this);

  /** Its place among those that take more streams. */
  final Chain.Link<Http2Connection> place = new Chain.Link<>(this);

  /** Streams that the pool has handed out on it; the pool's own. */
  int given;

  private final Keeper keeper;
  private final Http2Reading reading;

  /** What the target said when it told to go away because of an error. */
  private @Nullable Refusal goneAway;

  private boolean endedByTarget;

  Http2Connection(UserLoop loop, Dialer dialer, Keeper keeper, Http2Scratch scratch) {
    super(dialer);
    this.keeper = keeper;
    life = new Http2Life(loop, this, keeper);
    control = new Http2Control(this, scratch);
    sending = new Http2Sending(this, scratch);
    streams = new Http2Streams(this);
    reading = new Http2Reading(this, scratch);
  }

  /** Connects; the keeper is told the outcome, maybe before this returns. */
  void openWithin(InetSocketAddress address, long nanos) {
    life.establishedWithin(nanos);
    open(address);
  }

  @Override
  NettyWire newWire(Dialer from) {
    return from.channelWire(this);
  }

  @Override
  void established() {
    life.greets();
    wire().reuse();
    control.greet();
  }

  @Override
  void unestablished(Refusal refusal) {
    shut();
    keeper.unestablished(this, refusal);
  }

  @Override
  public void read(ByteBuf in) {
    reading.read(wire().context(), in);
  }

  /** When what is told now was read. */
  long readNanos() {
    return reading.nanos();
  }

  /** Begins no further stream; closes with the last. */
  void retire() {
    life.drains();
    closeIfDone();
  }

  /** The target takes no stream above a number. */
  void goAway(int last, long error) {
    Refusal refusal = Faults.goneAway(error);
    if (life.greeting()) {
      unestablished(refusal);
      return;
    }
    if (error != Http2Error.NO_ERROR.code()) {
      goneAway = refusal;
    }
    life.drains();
    streams.refuseAbove(last, refusal);
    closeIfDone();
  }

  /** Closes if it is leaving and its last stream is over. */
  void closeIfDone() {
    if (life.draining() && streams.isEmpty()) {
      shut();
    }
  }

  /** Nothing that follows can be understood. */
  void failed(Refusal refusal) {
    end(Faults.NOT_HTTP2, refusal, false);
  }

  @Override
  void ended(boolean stillOpen) {
    endedByTarget = true;
    boolean crossed =
        stillOpen && streams.oneAfterOthers() && goneAway == null && wire().endedBeforeRequest();
    end(Faults.CLOSED_GREETING, goneAway == null ? Faults.CLOSED : goneAway, crossed);
  }

  @Override
  void broken(Throwable cause) {
    // Nothing was sent if the write itself failed, so that it can be sent again.
    boolean unsent = streams.writing() && streams.oneAfterOthers();
    Refusal refusal = goneAway == null ? Faults.established(cause) : goneAway;
    end(Faults.CLOSED_GREETING, refusal, unsent);
  }

  /**
   * It is of no more use, which is one thing while it greets and another once it is established.
   */
  private void end(Refusal greeting, Refusal established, boolean neverReached) {
    switch (life.state()) {
      case GREETING -> unestablished(greeting);
      case OPEN, DRAINING -> lose(established, neverReached);
      case OPENING, CLOSED -> {}
    }
  }

  /**
   * Closes, with all that is under way.
   *
   * @param neverReached whether a request of which nothing came back never reached the target
   */
  void lose(Refusal refusal, boolean neverReached) {
    Http2Stream[] open = streams.open().toArray(Http2Stream[]::new);
    shut();
    for (Http2Stream stream : open) {
      stream.cutOff(refusal, neverReached);
    }
  }

  /** Closes at once. Tells nobody but the keeper. */
  void shut() {
    boolean was = life.closes();
    streams.clear();
    reading.close();
    if (endedByTarget) {
      close();
    } else {
      closeByReset();
    }
    if (was) {
      keeper.gone(this);
    }
  }
}
