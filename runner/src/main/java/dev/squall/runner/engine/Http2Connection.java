package dev.squall.runner.engine;

import dev.squall.runner.engine.http2.FrameReader;
import dev.squall.runner.engine.http2.Frames;
import dev.squall.runner.engine.payload.Draw;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.collection.IntObjectHashMap;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/2 (RFC 9113). It is established once the target's settings have
 * come. Only its event loop calls it.
 *
 * <p>One that the target tells to go away, or whose life or idle limit is over, begins no further
 * stream and is closed with its last. A request that times out gives up its own stream; the target
 * is then asked for a sign of life, and the connection is given up if there is none until one times
 * out that was sent later.
 */
final class Http2Connection extends Dialed {
  private enum State {
    OPENING,
    /** Open, but the target's settings have not come. */
    GREETING,
    OPEN,
    /** Begins no further stream. */
    DRAINING,
    CLOSED
  }

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

  private final UserLoop loop;
  private final Keeper keeper;
  private final Http2Scratch scratch;
  private final Http2Sending sending;
  private final FrameReader frames;
  private final FrameReader.Broken brokenStreams = this::brokenStream;
  private final IntObjectHashMap<Http2Stream> streams = new IntObjectHashMap<>(4);
  private final Chain.Link<Http2Connection> place = new Chain.Link<>(this);
  private final Chain.Link<Http2Connection> member = new Chain.Link<>(this);

  /** Whether it is established in time, lives or is idle for too long. */
  private final Timers.Timer watch =
      new Timers.Timer() {
        @Override
        void fire(long nowNanos) {
          watched(nowNanos);
        }
      };

  private State state = State.OPENING;
  private int nextId = 1;
  private int limit = Integer.MAX_VALUE;
  private int taken;
  private boolean served;

  /** Number of the next stream when the target was last asked for a sign of life; 0 for never. */
  private int askedBefore;

  private long readNanos;
  private long diesAt = Timers.NEVER;
  private long idleUntil = Timers.NEVER;
  private @Nullable Http2Stream writing;
  private @Nullable Refusal goneAway;
  private boolean endedByTarget;

  /** Streams that the pool has handed out on it; the pool's own. */
  int given;

  Http2Connection(UserLoop loop, Dialer dialer, Keeper keeper, Http2Scratch scratch) {
    super(dialer);
    this.loop = loop;
    this.keeper = keeper;
    this.scratch = scratch;
    this.sending = new Http2Sending(this, scratch);
    this.frames = new FrameReader(scratch.heads, new Http2Events(this));
  }

  /** Connects; the keeper is told the outcome, maybe before this returns. */
  void openWithin(InetSocketAddress address, long nanos) {
    loop.timers().set(watch, System.nanoTime() + nanos);
    open(address);
  }

  /** Its place among those that are open. */
  Chain.Link<Http2Connection> member() {
    return member;
  }

  /** Its place among those that take more streams. */
  Chain.Link<Http2Connection> place() {
    return place;
  }

  @Override
  boolean readsAtOnce() {
    return true;
  }

  @Override
  void established() {
    state = State.GREETING;
    // How a close came is looked at: it may have crossed a request on its way.
    socket().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    ByteBuf greeting = scratch.take(Frames.GREETING_BYTES);
    Frames.greeting(greeting);
    send(greeting);
  }

  /** Whether the target's settings are still to come. */
  boolean greeting() {
    return state == State.GREETING;
  }

  /** Whether anything that it reads matters. */
  boolean hears() {
    return state != State.CLOSED;
  }

  /** Whether it is on its way to taking a stream. */
  boolean opening() {
    return state == State.OPENING || state == State.GREETING || (state == State.OPEN && limit == 0);
  }

  /** Whether it begins streams. */
  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether another stream can begin now. */
  boolean takesStreams() {
    return state == State.OPEN && streams.size() < limit;
  }

  /** How many streams the target takes at a time. */
  int limit() {
    return limit;
  }

  /** What it is if no stream can begin in time. */
  Refusal lateForStream() {
    return switch (state) {
      case GREETING -> Faults.NO_SETTINGS;
      case OPEN -> Faults.NO_STREAM;
      case OPENING, DRAINING, CLOSED -> late();
    };
  }

  /** The target's settings came. */
  void settings(Http2Settings settings) {
    Integer initial = settings.initialWindowSize();
    if (initial != null) {
      sending.initial(initial, streams.values());
    }
    Long most = settings.maxConcurrentStreams();
    if (most != null) {
      limit = (int) Math.min(most, Integer.MAX_VALUE);
    }
    ByteBuf ack = scratch.take(Frames.HEADER_BYTES);
    Frames.settingsAck(ack);
    if (!reply(ack)) {
      return;
    }
    if (state == State.GREETING) {
      state = State.OPEN;
      long now = System.nanoTime();
      diesAt = loop.lives().diesAt(now);
      rest(now);
      keeper.established(this);
    } else if (state == State.OPEN) {
      keeper.limited(this);
    }
    sending.goOn();
  }

  /** Nothing is under way: from here on it is idle. */
  private void rest(long now) {
    idleUntil = loop.lives().idleUntil(now);
    long until = Math.min(diesAt, idleUntil);
    if (until != Timers.NEVER) {
      loop.timers().set(watch, until);
    } else {
      loop.timers().cancel(watch);
    }
  }

  private void watched(long now) {
    switch (state) {
      case OPENING, GREETING -> unestablished(lateForStream());
      case OPEN -> {
        if (now >= diesAt || (streams.isEmpty() && now >= idleUntil)) {
          retire();
        } else {
          loop.timers().set(watch, streams.isEmpty() ? Math.min(diesAt, idleUntil) : diesAt);
        }
      }
      case DRAINING, CLOSED -> {}
    }
  }

  @Override
  void unestablished(Refusal refusal) {
    shut();
    keeper.unestablished(this, refusal);
  }

  /** The next stream's number. */
  int nextId() {
    int id = nextId;
    nextId += 2;
    return id;
  }

  ByteBuf encode(
      Http2Stream stream,
      Script.Request request,
      Draw draw,
      @Nullable String[] captured,
      @Nullable Browsing browsing) {
    return sending.encode(
        stream, stream.id(), scratch.prepare(request.encoder, draw, captured, browsing));
  }

  void write(Http2Stream stream, ByteBuf request) {
    streams.put(stream.id(), stream);
    carries();
    if (nextId < 0) {
      // There is no further number.
      retire();
    }
    writing = stream;
    send(request);
    writing = null;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (state == State.CLOSED) {
      in.release();
      return;
    }
    readNanos = System.nanoTime();
    askedBefore = 0;
    try {
      frames.read(ctx, in, brokenStreams);
    } catch (Http2Exception e) {
      failed(Faults.frames(e));
    }
  }

  /** Nothing that follows can be understood. */
  void failed(Refusal refusal) {
    switch (state) {
      case GREETING -> unestablished(Faults.NOT_HTTP2);
      case OPEN, DRAINING -> lose(refusal, false);
      case OPENING, CLOSED -> {}
    }
  }

  private void brokenStream(int id, Http2Exception error) {
    Http2Stream stream = streams.get(id);
    if (stream == null) {
      failed(Faults.frames(error));
    } else {
      broken(stream, Faults.frames(error));
    }
  }

  /** A stream's answer is broken: it is given up, others go on. */
  void broken(Http2Stream stream, Refusal refusal) {
    int id = stream.id();
    over(stream, id);
    resetStream(id, Http2Error.PROTOCOL_ERROR);
    stream.lost(refusal, false);
    closeIfDone();
  }

  /** The stream of a frame; null for one that is over. */
  @Nullable Http2Stream stream(int id) {
    if (state == State.CLOSED) {
      return null;
    }
    Http2Stream stream = streams.get(id);
    boolean known = id > 0 && id % 2 == 1 && (nextId < 0 || id < nextId);
    if (stream == null && !known) {
      failed(Faults.frames(Http2Error.PROTOCOL_ERROR));
    }
    return stream;
  }

  Http2Scratch scratch() {
    return scratch;
  }

  /** When what is told now was read. */
  long readNanos() {
    return readNanos;
  }

  /** A stream's answer is whole. */
  void complete(Http2Stream stream) {
    int id = stream.id();
    if (over(stream, id)) {
      // It was answered before all of it was sent, and the rest is not wanted.
      resetStream(id, Http2Error.NO_ERROR);
    }
    served = true;
    if (streams.isEmpty()) {
      rest(readNanos);
    }
    if (state == State.OPEN && readNanos >= diesAt) {
      retire();
    }
    stream.answered(readNanos);
    closeIfDone();
  }

  /** A stream is over; whether a part of its request was not sent. */
  private boolean over(Http2Stream stream, int id) {
    streams.remove(id);
    return sending.forget(stream);
  }

  /** The target has reset a stream. */
  void resetByTarget(Http2Stream stream, long error) {
    over(stream, stream.id());
    Refusal refusal = Faults.streamReset(error);
    if (error == Http2Error.REFUSED_STREAM.code()) {
      stream.refused(refusal);
    } else {
      stream.lost(refusal, false);
    }
    closeIfDone();
  }

  /** The target takes no stream above a number. */
  void goAway(int last, long error) {
    if (state == State.GREETING) {
      unestablished(Faults.goneAway(error));
      return;
    }
    if (error != Http2Error.NO_ERROR.code()) {
      goneAway = Faults.goneAway(error);
    }
    Refusal refusal = Faults.goneAway(error);
    Http2Stream[] open = streams.values().toArray(Http2Stream[]::new);
    leave();
    for (Http2Stream stream : open) {
      int id = stream.id();
      if (id > last) {
        over(stream, id);
        stream.refused(refusal);
      }
    }
    closeIfDone();
  }

  /** Takes note that bytes of an answer came, and lets the target send as many more. */
  void received(@Nullable Http2Stream stream, int bytes) {
    taken += bytes;
    if (taken >= Frames.CONNECTION_WINDOW / 2) {
      giveMore(0, taken);
      taken = 0;
    }
    if (stream != null) {
      stream.taken += bytes;
      if (stream.taken >= Frames.STREAM_WINDOW / 2) {
        giveMore(stream.id(), stream.taken);
        stream.taken = 0;
      }
    }
  }

  private void giveMore(int id, int bytes) {
    ByteBuf update = scratch.take(Frames.SMALL_BYTES);
    Frames.windowUpdate(update, id, bytes);
    send(update);
  }

  /** The target takes more. */
  void credit(int id, int bytes) {
    Http2Stream stream = id == 0 ? null : stream(id);
    if (id == 0 && !sending.credit(bytes)) {
      failed(Faults.frames(Http2Error.FLOW_CONTROL_ERROR));
      return;
    }
    if (stream != null) {
      stream.window += bytes;
      if (stream.window > Integer.MAX_VALUE) {
        broken(stream, Faults.frames(Http2Error.FLOW_CONTROL_ERROR));
        return;
      }
    }
    sending.goOn();
  }

  /** Answers a ping. */
  void ping(long data) {
    ByteBuf answer = scratch.take(Frames.PING_BYTES);
    Frames.ping(answer, true, data);
    reply(answer);
  }

  /** Confirms something, unless that is not read; whether the connection is open still. */
  private boolean reply(ByteBuf frame) {
    if (socket().isWritable()) {
      send(frame);
    } else {
      frame.release();
      failed(Faults.UNREAD);
    }
    return state != State.CLOSED;
  }

  /** A request's time is over. */
  void timedOut(Http2Stream stream, int id) {
    if (state == State.CLOSED) {
      return;
    }
    over(stream, id);
    if (askedBefore > 0 && id >= askedBefore) {
      lose(Faults.DEAD, false);
      return;
    }
    resetStream(id, Http2Error.CANCEL);
    if (askedBefore == 0) {
      askedBefore = nextId;
      ByteBuf ping = scratch.take(Frames.PING_BYTES);
      Frames.ping(ping, false, 0);
      send(ping);
    }
    closeIfDone();
  }

  /** A request is given up. */
  void cancel(Http2Stream stream, int id) {
    if (state != State.CLOSED) {
      over(stream, id);
      resetStream(id, Http2Error.CANCEL);
      closeIfDone();
    }
  }

  private void resetStream(int id, Http2Error error) {
    if (state != State.CLOSED) {
      ByteBuf reset = scratch.take(Frames.SMALL_BYTES);
      Frames.reset(reset, id, error.code());
      send(reset);
      if (streams.isEmpty()) {
        rest(System.nanoTime());
      }
    }
  }

  @Override
  void ended(boolean stillOpen) {
    endedByTarget = true;
    switch (state) {
      case GREETING -> unestablished(Faults.CLOSED_GREETING);
      case OPEN, DRAINING -> {
        boolean crossed =
            served
                && stillOpen
                && streams.size() == 1
                && goneAway == null
                && Sockets.endedBeforeRequest(socket());
        lose(goneAway == null ? Faults.CLOSED : goneAway, crossed);
      }
      case OPENING, CLOSED -> {}
    }
  }

  @Override
  void broken(Throwable cause) {
    switch (state) {
      case GREETING -> unestablished(Faults.CLOSED_GREETING);
      case OPEN, DRAINING -> {
        Http2Stream sent = writing;
        // Nothing was sent if the write itself failed, so that it can be sent again.
        boolean unsent = served && sent != null && streams.size() == 1;
        lose(goneAway == null ? Faults.established(cause) : goneAway, unsent);
      }
      case OPENING, CLOSED -> {}
    }
  }

  /**
   * Closes, with all that is under way.
   *
   * @param neverReached whether a request of which nothing came back never reached the target
   */
  private void lose(Refusal refusal, boolean neverReached) {
    Http2Stream[] open = streams.values().toArray(Http2Stream[]::new);
    shut();
    for (Http2Stream stream : open) {
      boolean started = stream.answer.started();
      Refusal why = started && refusal.equals(Faults.CLOSED) ? Faults.CUT : refusal;
      stream.lost(why, neverReached && !started);
    }
  }

  /** Begins no further stream; closes with the last. */
  void retire() {
    leave();
    closeIfDone();
  }

  private void leave() {
    if (state == State.OPEN) {
      state = State.DRAINING;
      loop.timers().cancel(watch);
      keeper.gone(this);
    }
  }

  private void closeIfDone() {
    if (state == State.DRAINING && streams.isEmpty()) {
      shut();
    }
  }

  /** Closes at once. Tells nobody but the keeper. */
  void shut() {
    boolean was = state == State.OPEN;
    state = State.CLOSED;
    loop.timers().cancel(watch);
    for (Http2Stream stream : streams.values()) {
      sending.forget(stream);
    }
    streams.clear();
    frames.close();
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
