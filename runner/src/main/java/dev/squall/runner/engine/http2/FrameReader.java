package dev.squall.runner.engine.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a target sends into frames: Netty's reader and HPACK decoder, and the beginning of a
 * frame that is not whole yet. Only one event loop calls it.
 */
public final class FrameReader {
  private final DefaultHttp2FrameReader reader;
  private final Http2FrameListener listener;
  private @Nullable ByteBuf carry;
  private boolean reading;
  private boolean closed;

  /** Who hears of a stream whose frame is broken, while the connection goes on. */
  public interface Broken {
    /** A stream's frame is broken. */
    void stream(int id, Http2Exception error);
  }

  /**
   * Before the first frame.
   *
   * @param heads where each header block's fields are added; what is given is used at once
   * @param listener who hears of whole frames
   */
  public FrameReader(Supplier<Http2Headers> heads, Http2FrameListener listener) {
    this.reader =
        new DefaultHttp2FrameReader(
            new DefaultHttp2HeadersDecoder(true, Frames.MAX_HEAD_BYTES) {
              @Override
              protected Http2Headers newHeaders() {
                return heads.get();
              }
            });
    this.listener = listener;
  }

  /**
   * Reads on, and releases what it is given.
   *
   * @throws Http2Exception if nothing that follows can be understood
   */
  public void read(ChannelHandlerContext ctx, ByteBuf piece, Broken broken) throws Http2Exception {
    ByteBuf in = piece;
    ByteBuf before = carry;
    if (before != null) {
      carry = null;
      in = before;
      try {
        in.discardReadBytes().writeBytes(piece);
      } finally {
        piece.release();
      }
    }
    reading = true;
    try {
      frames(ctx, in, broken);
      if (in.isReadable() && !closed) {
        keep(ctx, in, before != null);
      }
    } finally {
      reading = false;
      in.release();
      if (closed) {
        free();
      }
    }
  }

  private void frames(ChannelHandlerContext ctx, ByteBuf in, Broken broken) throws Http2Exception {
    while (true) {
      try {
        reader.readFrame(ctx, in, listener);
        return;
      } catch (Http2Exception.StreamException e) {
        broken.stream(e.streamId(), e);
      } catch (IndexOutOfBoundsException e) {
        // The reader has let a frame pass that is shorter than its own fields.
        throw Http2Exception.connectionError(
            io.netty.handler.codec.http2.Http2Error.FRAME_SIZE_ERROR, e, "frame too short");
      }
      if (!in.isReadable()) {
        return;
      }
    }
  }

  private void keep(ChannelHandlerContext ctx, ByteBuf in, boolean carried) {
    if (carried) {
      carry = in.retain();
    } else {
      carry = ctx.alloc().directBuffer(Math.max(256, in.readableBytes())).writeBytes(in);
    }
  }

  /** Holds nothing any more; what is read is ignored. */
  public void close() {
    closed = true;
    if (!reading) {
      free();
    }
  }

  private void free() {
    reader.close();
    if (carry != null) {
      carry.release();
      carry = null;
    }
  }
}
