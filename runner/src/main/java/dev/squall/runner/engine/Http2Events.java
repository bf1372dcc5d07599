package dev.squall.runner.engine;

import dev.squall.runner.recording.FailureKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/** What the frames of an HTTP/2 connection mean, as they are read. Only its event loop calls it. */
final class Http2Events extends Http2FrameAdapter {
  private final Http2Connection connection;

  Http2Events(Http2Connection connection) {
    this.connection = connection;
  }

  /** A target's first frame is its settings; whether something else came instead. */
  private boolean tooEarly() {
    if (connection.greeting()) {
      connection.failed(Faults.NOT_HTTP2);
      return true;
    }
    return false;
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
    if (connection.hears()) {
      connection.settings(settings);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean ends) {
    Http2Stream stream = tooEarly() ? null : connection.stream(id);
    if (stream != null) {
      Http2Head head = connection.scratch().head();
      goOn(stream, stream.answer.head(head, ends, connection.readNanos()), ends);
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
    Http2Stream stream = tooEarly() ? null : connection.stream(id);
    if (connection.hears()) {
      connection.received(ends ? null : stream, bytes);
    }
    if (stream != null) {
      goOn(stream, stream.answer.data(data, ends, connection.readNanos()), ends);
    }
    return bytes;
  }

  private void goOn(Http2Stream stream, @Nullable String problem, boolean ends) {
    if (problem != null) {
      connection.broken(stream, new Refusal(FailureKind.DECODE, problem));
    } else if (ends) {
      connection.complete(stream);
    }
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int id, long error) {
    Http2Stream stream = tooEarly() ? null : connection.stream(id);
    if (stream != null) {
      connection.resetByTarget(stream, error);
    }
  }

  @Override
  public void onPingRead(ChannelHandlerContext ctx, long data) {
    if (!tooEarly() && connection.hears()) {
      connection.ping(data);
    }
  }

  @Override
  public void onGoAwayRead(ChannelHandlerContext ctx, int last, long error, ByteBuf debug) {
    if (connection.hears()) {
      connection.goAway(last, error);
    }
  }

  @Override
  public void onWindowUpdateRead(ChannelHandlerContext ctx, int id, int bytes) {
    if (!tooEarly() && connection.hears()) {
      connection.credit(id, bytes);
    }
  }

  @Override
  public void onPushPromiseRead(
      ChannelHandlerContext ctx, int id, int promised, Http2Headers headers, int padding) {
    // It was told not to.
    connection.failed(Faults.frames(Http2Error.PROTOCOL_ERROR));
  }
}
