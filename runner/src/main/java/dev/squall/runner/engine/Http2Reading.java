package dev.squall.runner.engine;

import dev.squall.runner.engine.http2.FrameReader;
import dev.squall.runner.recording.FailureKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP/2 connection reads, cut into frames, and what each of them means. Only its event
 * loop calls it.
 */
final class Http2Reading extends Http2FrameAdapter implements FrameReader.Broken {
  private final Http2Connection connection;
  private final Http2Life life;
  private final Http2Streams streams;
  private final Http2Control control;
  private final Http2Sending sending;
  private final Http2Head head;
  private final FrameReader frames;
  private long nanos;

  Http2Reading(Http2Connection connection, Http2Scratch scratch) {
    this.connection = connection;
    this.life = connection.life;
    this.streams = connection.streams;
    this.control = connection.control;
    this.sending = connection.sending;
    this.head = scratch.head();
    this.frames = new FrameReader(scratch.heads, this);
  }

  /** Reads on, and releases what it is given. */
  void read(ChannelHandlerContext ctx, ByteBuf in) {
    if (!life.hears()) {
      in.release();
      return;
    }
    nanos = System.nanoTime();
    control.heard();
    try {
      frames.read(ctx, in, this);
    } catch (Http2Exception e) {
      connection.failed(Faults.frames(e));
    }
  }

  /** When what is told now was read. */
  long nanos() {
    return nanos;
  }

  /** Holds nothing any more; what comes is ignored. */
  void close() {
    frames.close();
  }

  /** A target's first frame is its settings; whether something else came instead. */
  private boolean tooEarly() {
    if (life.greeting()) {
      connection.failed(Faults.NOT_HTTP2);
      return true;
    }
    return false;
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
    if (!life.hears()) {
      return;
    }
    Integer initial = settings.initialWindowSize();
    if (initial != null) {
      sending.initial(initial, streams.open());
    }
    Long most = settings.maxConcurrentStreams();
    if (most != null) {
      life.limit(most);
    }
    if (control.confirmSettings()) {
      life.settled();
      sending.goOn();
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean ends) {
    Http2Stream stream = tooEarly() ? null : streams.find(id);
    if (stream != null) {
      goOn(stream, stream.answer.head(head, ends, nanos), ends);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int id,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean ends) {
    onHeadersRead(ctx, id, headers, padding, ends);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean ends) {
    int bytes = data.readableBytes() + padding;
    Http2Stream stream = tooEarly() ? null : streams.find(id);
    if (life.hears()) {
      control.received(ends ? null : stream, bytes);
    }
    if (stream != null) {
      goOn(stream, stream.answer.data(data, ends, nanos), ends);
    }
    return bytes;
  }

  private void goOn(Http2Stream stream, @Nullable String problem, boolean ends) {
    if (problem != null) {
      streams.broken(stream, new Refusal(FailureKind.DECODE, problem));
    } else if (ends) {
      streams.complete(stream);
    }
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int id, long error) {
    Http2Stream stream = tooEarly() ? null : streams.find(id);
    if (stream != null) {
      streams.resetByTarget(stream, error);
    }
  }

  @Override
  public void onPingRead(ChannelHandlerContext ctx, long data) {
    if (!tooEarly() && life.hears()) {
      control.answerPing(data);
    }
  }

  @Override
  public void onGoAwayRead(ChannelHandlerContext ctx, int last, long error, ByteBuf debug) {
    if (life.hears()) {
      connection.goAway(last, error);
    }
  }

  @Override
  public void onWindowUpdateRead(ChannelHandlerContext ctx, int id, int bytes) {
    if (tooEarly() || !life.hears()) {
      return;
    }
    if (id != 0) {
      streams.credit(id, bytes);
    } else if (sending.credit(bytes)) {
      sending.goOn();
    } else {
      connection.failed(Faults.frames(Http2Error.FLOW_CONTROL_ERROR));
    }
  }

  @Override
  public void onPushPromiseRead(
      ChannelHandlerContext ctx, int id, int promised, Http2Headers headers, int padding) {
    // It was told not to.
    connection.failed(Faults.frames(Http2Error.PROTOCOL_ERROR));
  }

  @Override
  public void stream(int id, Http2Exception error) {
    Http2Stream stream = streams.get(id);
    if (stream == null) {
      connection.failed(Faults.frames(error));
    } else {
      streams.broken(stream, Faults.frames(error));
    }
  }
}
