package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DefaultSocketChannelConfig;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A socket without a network: it connects at once, or is refused at once, and all that is written
 * to it is gone. What it reads is for a test to say. Only its event loop calls it.
 */
final class MemorySocket extends AbstractChannel implements SocketChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final boolean refused;
  private final SocketChannelConfig config = new Options(this);
  private final CRC32C written = new CRC32C();
  private long writtenBytes;
  private boolean active;
  private boolean closed;

  /**
   * Not connected yet.
   *
   * @param refused whether nobody listens
   */
  MemorySocket(boolean refused) {
    super(null);
    this.refused = refused;
  }

  /** Options of a socket that is none: those of the system are not set. */
  private static final class Options extends DefaultSocketChannelConfig {
    private Options(SocketChannel channel) {
      super(channel, new Socket());
    }

    @Override
    public SocketChannelConfig setTcpNoDelay(boolean on) {
      return this;
    }

    @Override
    public SocketChannelConfig setSoLinger(int seconds) {
      return this;
    }
  }

  /** What was written, in short: how many bytes, and their checksum. */
  String written() {
    return writtenBytes + " bytes, " + Long.toHexString(written.getValue());
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise p) {
        if (refused) {
          p.setFailure(new ConnectException("Connection refused"));
        } else {
          active = true;
          p.setSuccess();
        }
      }
    };
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected void doRegister(ChannelPromise promise) {
    promise.setSuccess();
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new ChannelException("it is a client's");
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    active = false;
    closed = true;
  }

  @Override
  protected void doBeginRead() {}

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    for (Object next = out.current(); next != null; next = out.current()) {
      ByteBuf bytes = (ByteBuf) next;
      writtenBytes += bytes.readableBytes();
      written.update(bytes.nioBuffer());
      out.remove();
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean isActive() {
    return active;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public SocketChannelConfig config() {
    return config;
  }

  @Override
  @SuppressWarnings("NullAway") // it has none, as a client's socket
  public ServerSocketChannel parent() {
    return null;
  }

  @Override
  protected SocketAddress localAddress0() {
    return InetSocketAddress.createUnresolved("here", 1);
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return InetSocketAddress.createUnresolved("there", 1);
  }

  @Override
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) localAddress0();
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return (InetSocketAddress) remoteAddress0();
  }

  @Override
  public boolean isInputShutdown() {
    return closed;
  }

  @Override
  public boolean isOutputShutdown() {
    return closed;
  }

  @Override
  public boolean isShutdown() {
    return closed;
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdown();
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    return close(promise);
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdown();
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    return close(promise);
  }

  @Override
  public ChannelFuture shutdown() {
    return close();
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    return close(promise);
  }
}
