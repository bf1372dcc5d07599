package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a socket is to send and has not taken yet. Only its event loop calls it. */
final class Unsent {
  private @Nullable ByteBuf bytes;

  /** Whether there is nothing. */
  boolean none() {
    return bytes == null;
  }

  /** Adds a message, which it releases once it is sent or discarded. */
  void add(ByteBuf message) {
    ByteBuf before = bytes;
    if (before == null) {
      bytes = message;
      return;
    }
    // The target has answered a request before all of it was sent.
    bytes =
        PooledByteBufAllocator.DEFAULT
            .directBuffer(before.readableBytes() + message.readableBytes())
            .writeBytes(before)
            .writeBytes(message);
    before.release();
    message.release();
  }

  /** Sends as much of it as a socket takes at once. */
  void send(Socket to) throws IOException {
    ByteBuf message = bytes;
    if (message == null) {
      return;
    }
    message.skipBytes(transmit(to, message));
    if (!message.isReadable()) {
      bytes = null;
      message.release();
    }
  }

  private static int transmit(Socket to, ByteBuf message) throws IOException {
    int from = message.readerIndex();
    if (message.hasMemoryAddress()) {
      return to.sendAddress(message.memoryAddress(), from, message.writerIndex());
    }
    var buffer = message.internalNioBuffer(from, message.readableBytes());
    return to.send(buffer, buffer.position(), buffer.limit());
  }

  /** Gives it up. */
  void discard() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
    }
  }
}
