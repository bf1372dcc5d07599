package dev.squall.runner.engine;

import dev.squall.runner.engine.tls.TlsClient;
import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.ConnectionStep;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * What one connection counts: how long its steps took or that one failed, and the requests that it
 * carried, under its address. Only its event loop calls it.
 */
final class DialedCounts {
  private final Dialer dialer;
  private String address = "";

  /** When the step began that is under way. */
  private long sinceNanos;

  private long sinceMillis;

  /** Where requests are counted that it carries, and what that belongs to. */
  private ConnectionCounts.@Nullable Address counted;

  private @Nullable ConnectionCounts countedIn;

  DialedCounts(Dialer dialer) {
    this.dialer = dialer;
  }

  /** It connects to an address from here on. */
  void connects(InetSocketAddress to) {
    address = dialer.nameOf(to);
    sinceNanos = System.nanoTime();
  }

  /** It is connected. */
  void connected() {
    long now = System.nanoTime();
    dialer.counts().took(ConnectionStep.CONNECT, now - sinceNanos);
    dialer.counts().address(address).opened();
    sinceNanos = now;
  }

  /** Its TLS handshake begins. */
  void handshakes() {
    sinceMillis = System.currentTimeMillis();
  }

  /** Its TLS handshake is over. */
  void shaken(SSLEngine tls) {
    boolean resumed = TlsClient.resumed(tls, sinceMillis);
    dialer
        .counts()
        .took(
            resumed ? ConnectionStep.RESUMPTION : ConnectionStep.HANDSHAKE,
            System.nanoTime() - sinceNanos);
  }

  /** A step failed, or was not over in time. */
  void failed(ConnectionStep step) {
    dialer.counts().failed(step);
  }

  /** It carries a request. */
  void carries() {
    ConnectionCounts now = dialer.counts();
    ConnectionCounts.Address at = counted;
    if (at == null || countedIn != now) {
      // Once a second: looking an address up for each request would be felt.
      at = now.address(address);
      counted = at;
      countedIn = now;
    }
    at.sent();
  }
}
