package dev.squall.runner.engine;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * Netty's channels on io_uring. The kernel reads by itself, into buffers that all connections of an
 * event loop share. Writes are queued, and handed over {@value #QUEUED} at a time or at the end of
 * the loop's turn: so much later than {@code sent} says may a request leave. HTTP/1.1 without TLS
 * is not theirs but {@link RingWire}'s.
 */
final class Rings {
  /** Few, so that what was stamped as sent soon is. */
  private static final int QUEUED = 16;

  private static final int COMPLETIONS = 4_096;
  private static final short GROUP = 0;
  private static final short BUFFERS = 128;
  private static final int BUFFER_BYTES = 8_192;

  private Rings() {}

  static IoHandlerFactory handlers() {
    return IoUringIoHandler.newFactory(
        new IoUringIoHandlerConfig()
            .setRingSize(QUEUED)
            .setCqSize(COMPLETIONS)
            .setBufferRingConfig(
                IoUringBufferRingConfig.builder()
                    .bufferGroupId(GROUP)
                    .bufferRingSize(BUFFERS)
                    .batchSize(BUFFERS)
                    .allocator(new IoUringFixedBufferRingAllocator(BUFFER_BYTES))
                    .build()));
  }

  static SocketChannel channel() {
    IoUringSocketChannel channel = new IoUringSocketChannel();
    channel.config().setOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
    return channel;
  }
}
