package dev.squall.runner.engine;

import dev.squall.runner.recording.ConnectionStep;
import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a {@link Wire}: how it is established, TLS included, and how it ends. Only its
 * event loop calls it.
 *
 * <p>Who closes first keeps the port in TIME_WAIT, and that must not be the runner: wherever this
 * side has to close first, it resets the connection.
 *
 * @param <W> what carries it
 */
abstract class Dialed<W extends Wire> implements Wire.Owner {
  private enum Stage {
    CONNECTING,
    HANDSHAKING,
    ESTABLISHED,
    CLOSED
  }

  private final Dialer dialer;
  private final DialedCounts counts;
  private Stage stage = Stage.CONNECTING;
  private @Nullable W wire;

  Dialed(Dialer dialer) {
    this.dialer = dialer;
    this.counts = new DialedCounts(dialer);
  }

  /** What carries it, not connected yet. */
  abstract W newWire(Dialer from);

  /** It can be used. */
  abstract void established();

  /** It could not be established, and is closed. */
  abstract void unestablished(Refusal refusal);

  /**
   * The target has closed its side of an established connection.
   *
   * @param stillOpen whether this side is open still
   */
  abstract void ended(boolean stillOpen);

  /** An established connection broke. */
  abstract void broken(Throwable cause);

  /** Connects; the outcome is told, maybe before this returns. */
  final void open(InetSocketAddress to) {
    counts.connects(to);
    W opened = newWire(dialer);
    wire = opened;
    opened.connect(to);
  }

  @Override
  public final void connected() {
    if (stage != Stage.CONNECTING) {
      return;
    }
    counts.connected();
    if (dialer.tls()) {
      counts.handshakes();
      stage = Stage.HANDSHAKING;
    } else {
      stage = Stage.ESTABLISHED;
      established();
    }
  }

  @Override
  public final void unconnected(Throwable cause) {
    if (stage == Stage.CONNECTING) {
      failed(Faults.connecting(cause));
    }
  }

  private void failed(Refusal refusal) {
    countFailed();
    closeByReset();
    unestablished(refusal);
  }

  private void countFailed() {
    counts.failed(stage == Stage.HANDSHAKING ? ConnectionStep.HANDSHAKE : ConnectionStep.CONNECT);
  }

  /** It is not established in time: counts that, and tells what it is. */
  final Refusal late() {
    countFailed();
    return stage == Stage.HANDSHAKING ? Faults.TLS_TIMEOUT : Faults.CONNECT_TIMEOUT;
  }

  @Override
  public final void shaken(SSLEngine tls, @Nullable String protocol) {
    if (stage != Stage.HANDSHAKING) {
      return;
    }
    if (!dialer.agreed(protocol)) {
      failed(Faults.NOT_AGREED);
      return;
    }
    counts.shaken(tls);
    stage = Stage.ESTABLISHED;
    established();
  }

  /** It carries a request from here on. */
  final void carries() {
    counts.carries();
  }

  /** Whether it is not established yet. */
  final boolean connecting() {
    return stage == Stage.CONNECTING || stage == Stage.HANDSHAKING;
  }

  /** Sends a message; errors come to {@link #broken}. */
  final void send(ByteBuf message) {
    wire().send(message);
  }

  /** What carries it. */
  final W wire() {
    if (wire == null) {
      throw new IllegalStateException("a connection that is not open has no wire");
    }
    return wire;
  }

  @Override
  public final void over(boolean stillOpen) {
    switch (stage) {
      case ESTABLISHED -> ended(stillOpen);
      case HANDSHAKING -> failed(Faults.handshake(new EOFException()));
      // Of a connection that is not established, the connect's own outcome tells.
      case CONNECTING, CLOSED -> {}
    }
  }

  @Override
  public final void broke(Throwable cause) {
    switch (stage) {
      case ESTABLISHED -> broken(cause);
      case HANDSHAKING -> failed(Faults.handshake(cause));
      case CONNECTING, CLOSED -> {}
    }
  }

  /** Closes at once, by a reset: this side is the first to close, or may be. */
  final void closeByReset() {
    stage = Stage.CLOSED;
    if (wire != null) {
      wire.reset();
    }
  }

  /** Closes at once: the target has closed its side before. */
  final void close() {
    stage = Stage.CLOSED;
    if (wire != null) {
      wire.close();
    }
  }
}
