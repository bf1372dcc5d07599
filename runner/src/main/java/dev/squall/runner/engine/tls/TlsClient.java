package dev.squall.runner.engine.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.internal.tcnative.SSL;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS towards one target, ready for connections of any event loop. Thread-safe. With BoringSSL what
 * it holds is not the JVM's: it is freed when this is closed and its connections are.
 */
public final class TlsClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsClient.class);
  private static final int PORTS = 65_536;

  /** How ALPN names HTTP/2. */
  public static final String HTTP2 = "h2";

  /** HTTP/2 is all that is offered, or agreed to. */
  static final ApplicationProtocolConfig ALPN_HTTP2 =
      new ApplicationProtocolConfig(
          ApplicationProtocolConfig.Protocol.ALPN,
          ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
          ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
          HTTP2);

  private final SslContext context;
  private final String peerName;
  private final int peerPort;
  private final boolean distinctPeers;
  private final String provider;
  private final AtomicInteger connections = new AtomicInteger();

  private TlsClient(
      SslContext context, String peerName, int peerPort, boolean distinctPeers, String provider) {
    this.context = context;
    this.peerName = peerName;
    this.peerPort = peerPort;
    this.distinctPeers = distinctPeers;
    this.provider = provider;
  }

  /**
   * Sets TLS up.
   *
   * @param host the target's name, without a trailing dot, or its address
   * @param port the target's port
   * @param http2 whether the target must agree to speak HTTP/2 (ALPN, RFC 7301)
   * @throws IllegalStateException if it cannot be set up as asked; says why
   */
  public static TlsClient of(
      TlsSettings settings, TlsProvider asked, String host, int port, boolean http2) {
    boolean boring =
        switch (asked) {
          case AUTO -> OpenSsl.isAvailable();
          case BORINGSSL -> {
            OpenSsl.ensureAvailability();
            yield true;
          }
          case JDK -> false;
        };
    String provider = boring ? OpenSsl.versionString() : "JDK " + Runtime.version().feature();
    if (asked == TlsProvider.AUTO && !boring) {
      Throwable cause = OpenSsl.unavailabilityCause();
      LOG.warn(
          "TLS is done by the JDK, for more than twice the CPU: BoringSSL cannot be loaded ({})",
          String.valueOf(cause));
      provider += " (BoringSSL cannot be loaded: " + cause + ")";
    }
    String name = settings.serverName() == null ? host : settings.serverName();
    // Counted, a connection's native half is freed with its handler. Otherwise a finalizer frees
    // it,
    // which keeps each closed connection over two collections.
    SslContext context =
        context(settings, name, boring ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK, http2);
    if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
      sessions.setSessionCacheEnabled(settings.resumed());
    }
    return new TlsClient(context, name, port, !settings.resumed() && !boring, provider);
  }

  private static SslContext context(
      TlsSettings settings, String peerName, SslProvider provider, boolean http2) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(provider)
            .protocols(
                Arrays.stream(TlsSettings.Version.values())
                    .filter(version -> version.compareTo(settings.minVersion()) >= 0)
                    .map(TlsSettings.Version::protocol)
                    .toList());
    if (!settings.verified()) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm("");
    } else if (!settings.trusted().isEmpty()) {
      builder.trustManager(settings.trusted().toArray(X509Certificate[]::new));
    }
    if (!NetUtil.isValidIpV4Address(peerName) && !NetUtil.isValidIpV6Address(peerName)) {
      // Said here, since by itself neither provider sends a name without a dot.
      builder.serverName(new SNIHostName(peerName.getBytes(StandardCharsets.US_ASCII)));
    }
    if (http2) {
      builder.applicationProtocolConfig(ALPN_HTTP2);
    }
    TlsSettings.Identity identity = settings.identity();
    if (identity != null) {
      builder.keyManager(identity.key(), identity.chain());
    }
    try {
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** A connection's handler, before all that read plain text. It sets no limit on the handshake. */
  public ChannelHandler newHandler(ByteBufAllocator allocator) {
    SslHandler handler = context.newHandler(allocator, peerName, port());
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }

  /** A connection's engine, without a handler; to be {@linkplain #release released} at its end. */
  public SSLEngine newEngine() {
    return context.newEngine(PooledByteBufAllocator.DEFAULT, peerName, port());
  }

  /** Frees what an engine holds that is not the JVM's; it is not used any more. */
  public static void release(SSLEngine engine) {
    ReferenceCountUtil.release(engine);
  }

  private int port() {
    // The JDK finds a session by name and port: for a port that never comes again there is none.
    return distinctPeers ? Math.floorMod(connections.getAndIncrement(), PORTS) : peerPort;
  }

  /**
   * Whether a connection's handshake, which has ended well, resumed an earlier session.
   *
   * @param began when the connection was opened, milliseconds since 1970
   */
  public static boolean resumed(SSLEngine engine, long began) {
    if (engine instanceof ReferenceCountedOpenSslEngine boring) {
      return SSL.isSessionReused(boring.sslPointer());
    }
    // The JDK does not say; but a session that is resumed keeps the time of its first handshake.
    return engine.getSession().getCreationTime() < began;
  }

  /** No connection is opened any more; those that are open stay so. */
  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }

  /** Who does it, for the log and the summary: {@code BoringSSL} or {@code JDK 25}, and why. */
  public String provider() {
    return provider;
  }
}
