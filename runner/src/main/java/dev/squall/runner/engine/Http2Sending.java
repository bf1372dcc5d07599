package dev.squall.runner.engine;

import dev.squall.runner.engine.http2.Frames;
import dev.squall.runner.engine.payload.Draw;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * How an HTTP/2 connection's requests become frames, within what the target takes (RFC 9113,
 * section 5.2): a body that does not fit its window waits, and goes on in turn with others. Only
 * the event loop calls it.
 */
final class Http2Sending {
  /** How much of one body is written in one go, lest others wait for all of it. */
  private static final int TURN_BYTES = 64 * 1024;

  private final Http2Connection connection;
  private final Http2Scratch scratch;
  private final Chain<Http2Stream> waiting = new Chain<>();
  private long window = Frames.INITIAL_WINDOW;
  private int streamWindow = Frames.INITIAL_WINDOW;
  private boolean first = true;

  Http2Sending(Http2Connection connection, Http2Scratch scratch) {
    this.connection = connection;
    this.scratch = scratch;
  }

  /** A request's frames, with as much of its body as may be sent now. */
  ByteBuf encode(
      Http2Stream stream,
      Script.Request of,
      Draw draw,
      @Nullable String[] captured,
      @Nullable Browsing browsing) {
    int id = stream.id();
    Http2Request request = scratch.prepare(of.encoder, draw, captured, browsing);
    stream.window = streamWindow;
    int length = request.bodyLength();
    int now = most(stream, length);
    ByteBuf out =
        scratch.take(Frames.headBytes(request.blockLength()) + Frames.dataBytes(Math.max(now, 1)));
    Frames.head(out, id, request.block(), request.blockLength(), first, length == 0);
    first = false;
    for (int at = 0; at < now; ) {
      int count = Math.min(Frames.MAX_PAYLOAD, now - at);
      Frames.dataHeader(out, id, count, at + count == length);
      out.writeBytes(request.body(), at, count);
      at += count;
    }
    took(stream, now);
    if (now < length) {
      stream.rest =
          PooledByteBufAllocator.DEFAULT
              .directBuffer(length - now)
              .writeBytes(request.body(), now, length - now);
      waiting.add(stream.sendingPlace());
    }
    return out;
  }

  private int most(Http2Stream stream, int wanted) {
    return (int) Math.max(0, Math.min(wanted, Math.min(window, stream.window)));
  }

  private void took(Http2Stream stream, int bytes) {
    window -= bytes;
    stream.window -= bytes;
  }

  /** The target takes more on the connection; false if that is more than there can be. */
  boolean credit(int bytes) {
    window += bytes;
    return window <= Integer.MAX_VALUE;
  }

  /** The target takes more on a stream; false if that is more than there can be. */
  boolean credit(Http2Stream stream, int bytes) {
    stream.window += bytes;
    return stream.window <= Integer.MAX_VALUE;
  }

  /** The target takes more, or less, on each stream from here on. */
  void initial(int bytes, Iterable<Http2Stream> open) {
    int delta = bytes - streamWindow;
    streamWindow = bytes;
    for (Http2Stream stream : open) {
      stream.window += delta;
    }
  }

  /** Sends of what waits as much as may be. */
  void goOn() {
    boolean progress = true;
    while (progress && window > 0 && waiting.size() > 0) {
      progress = false;
      for (int left = waiting.size(); left > 0 && window > 0; left--) {
        Http2Stream stream = waiting.takeFirst();
        if (stream == null) {
          return;
        }
        progress |= sendRest(stream);
      }
    }
  }

  private boolean sendRest(Http2Stream stream) {
    ByteBuf rest = stream.rest;
    if (rest == null) {
      return false;
    }
    int now = Math.min(TURN_BYTES, most(stream, rest.readableBytes()));
    if (now == 0) {
      waiting.add(stream.sendingPlace());
      return false;
    }
    ByteBuf out = scratch.take(Frames.dataBytes(now));
    for (int left = now; left > 0; ) {
      int count = Math.min(Frames.MAX_PAYLOAD, left);
      Frames.dataHeader(out, stream.id(), count, count == rest.readableBytes());
      out.writeBytes(rest, count);
      left -= count;
    }
    took(stream, now);
    if (rest.isReadable()) {
      waiting.add(stream.sendingPlace());
    } else {
      stream.rest = null;
      rest.release();
    }
    connection.send(out);
    return true;
  }

  /**
   * Sends nothing more of a stream's request.
   *
   * @return whether a part of it was not sent
   */
  boolean forget(Http2Stream stream) {
    ByteBuf rest = stream.rest;
    if (rest == null) {
      return false;
    }
    waiting.remove(stream.sendingPlace());
    stream.rest = null;
    rest.release();
    return true;
  }
}
