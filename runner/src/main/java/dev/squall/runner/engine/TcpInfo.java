package dev.squall.runner.engine;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel knows of a TCP connection (TCP_INFO, {@code struct tcp_info} of linux/tcp.h).
 *
 * @param unacknowledged packets that the target has not acknowledged
 * @param state of the connection
 */
record TcpInfo(long unacknowledged, int state) {
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_INFO = 11;
  private static final int TCP_CLOSE = 7;

  /** Where tcpi_state and tcpi_unacked stand in it. */
  private static final int STATE_AT = 0;

  private static final int UNACKNOWLEDGED_AT = 24;
  private static final int BYTES = 28;

  /** Of a Linux socket. */
  static TcpInfo of(Socket socket) throws IOException {
    ByteBuffer info = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
    socket.getRawOpt(IPPROTO_TCP, TCP_INFO, info);
    return new TcpInfo(Integer.toUnsignedLong(info.getInt(UNACKNOWLEDGED_AT)), info.get(STATE_AT));
  }

  /**
   * Whether the target, which has ended its side of the connection without answering, did so before
   * the request reached it: then the request is unacknowledged, or was answered by a reset.
   */
  boolean unserved() {
    return unacknowledged > 0 || state == TCP_CLOSE;
  }
}
