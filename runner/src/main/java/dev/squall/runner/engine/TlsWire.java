package dev.squall.runner.engine;

import dev.squall.runner.engine.tls.TlsClient;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * TLS on a wire that has none of its own, without a Netty channel. Netty's handler makes two
 * promises for each message, and takes it through a pipeline and a queue.
 */
final class TlsWire implements Wire, Wire.Owner, TlsRecords.Ends {
  private final TlsClient tls;
  private final TlsBuffers buffers;
  private final Function<Owner, Wire> below;
  private final Owner owner;
  private @Nullable Wire wire;
  private @Nullable TlsRecords records;

  /**
   * A wire that is not connected.
   *
   * @param below makes the wire that carries records
   */
  TlsWire(TlsClient tls, TlsBuffers buffers, Function<Owner, Wire> below, Owner owner) {
    this.tls = tls;
    this.buffers = buffers;
    this.below = below;
    this.owner = owner;
  }

  @Override
  public void connect(InetSocketAddress to) {
    Wire carries = below.apply(this);
    wire = carries;
    carries.connect(to);
  }

  private Wire wire() {
    if (wire == null) {
      throw new IllegalStateException("a wire that was not connected has no socket");
    }
    return wire;
  }

  @Override
  public void connected() {
    // Before the owner, who may close it, is told: closing frees it.
    TlsRecords begun;
    try {
      begun = new TlsRecords(tls.newEngine(), buffers, this);
    } catch (RuntimeException e) {
      // Thrown on, it would be told of a connection that nobody knows to be connected, and be lost.
      owner.unconnected(e);
      return;
    }
    records = begun;
    owner.connected();
    try {
      begun.begin();
    } catch (IOException e) {
      owner.broke(e);
    }
  }

  @Override
  public void agreed(SSLEngine engine) {
    // What is agreed on beside it (ALPN) is HTTP/2's, which Netty's channels carry.
    owner.shaken(engine, null);
  }

  @Override
  public void send(ByteBuf message) {
    TlsRecords sealing = records;
    try {
      if (sealing == null) {
        throw new IllegalStateException("a wire that is not connected sends nothing");
      }
      sealing.send(message);
    } catch (IOException e) {
      owner.broke(e);
    } finally {
      message.release();
    }
  }

  @Override
  public void transmit(ByteBuf sealed) {
    wire().send(sealed);
  }

  @Override
  public void read(ByteBuf in) {
    TlsRecords opening = records;
    try {
      if (opening != null) {
        opening.read(in);
      }
    } catch (IOException e) {
      owner.broke(e);
    } finally {
      in.release();
    }
  }

  @Override
  public void opened(ByteBuf plain) {
    owner.read(plain);
  }

  @Override
  public void unconnected(Throwable cause) {
    owner.unconnected(cause);
  }

  @Override
  public void shaken(SSLEngine engine, @Nullable String protocol) {
    throw new IllegalStateException("TLS within TLS");
  }

  @Override
  public void over(boolean stillOpen) {
    owner.over(stillOpen);
  }

  @Override
  public void broke(Throwable cause) {
    owner.broke(cause);
  }

  @Override
  public void reuse() {
    wire().reuse();
  }

  @Override
  public boolean endedBeforeRequest() {
    return wire().endedBeforeRequest();
  }

  @Override
  public void reset() {
    free();
    if (wire != null) {
      wire.reset();
    }
  }

  @Override
  public void close() {
    free();
    if (wire != null) {
      wire.close();
    }
  }

  private void free() {
    TlsRecords ended = records;
    records = null;
    if (ended != null) {
      ended.close();
    }
  }
}
