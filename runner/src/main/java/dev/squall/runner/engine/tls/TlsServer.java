package dev.squall.runner.engine.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * TLS of a target in this process, with a key and a certificate of its own that are made anew and
 * die with it. Done by whoever does the client's.
 */
public final class TlsServer {
  /** Name that its certificate is for; no name of a real host can be that (RFC 2606). */
  public static final String NAME = "target.invalid";

  private static final byte[] ECDSA_WITH_SHA256 = {
    0x30, 0x0A, 0x06, 0x08, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02
  };
  private static final byte[] VERSION_3 = {(byte) 0xA0, 0x03, 0x02, 0x01, 0x02};
  private static final byte[] SUBJECT_ALT_NAME = {0x06, 0x03, 0x55, 0x1D, 0x11};
  private static final int DNS_NAME = 0x82;
  private static final int EXTENSIONS = 0xA3;
  private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
  private static final byte[] NO_UNUSED_BITS = {0};
  private static final byte[] ONE = {1};
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final X509Certificate certificate;
  private final SslContext context;

  private TlsServer(X509Certificate certificate, SslContext context) {
    this.certificate = certificate;
    this.context = context;
  }

  /**
   * Makes key and certificate.
   *
   * @param asked who does TLS
   * @param http2 whether it agrees to HTTP/2 (ALPN), and to nothing else
   * @throws IllegalStateException if the JDK cannot
   */
  public static TlsServer create(TlsProvider asked, boolean http2) {
    boolean boring = asked != TlsProvider.JDK && OpenSsl.isAvailable();
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = keys.generateKeyPair();
      X509Certificate certificate = selfSigned(pair, Instant.now());
      SslContextBuilder builder =
          SslContextBuilder.forServer(pair.getPrivate(), certificate)
              .sslProvider(boring ? SslProvider.OPENSSL : SslProvider.JDK);
      if (http2) {
        builder.applicationProtocolConfig(TlsClient.ALPN_HTTP2);
      }
      return new TlsServer(certificate, builder.build());
    } catch (GeneralSecurityException | SSLException e) {
      throw new IllegalStateException("no certificate could be made: " + e.getMessage(), e);
    }
  }

  /** A certificate (RFC 5280) for {@link #NAME}, for the day before and the day after. */
  private static X509Certificate selfSigned(KeyPair pair, Instant now)
      throws GeneralSecurityException {
    byte[] ascii = NAME.getBytes(StandardCharsets.US_ASCII);
    byte[] text = Der.tagged(Der.UTF8_STRING, ascii);
    byte[] name =
        Der.tagged(Der.SEQUENCE, Der.tagged(Der.SET, Der.tagged(Der.SEQUENCE, COMMON_NAME, text)));
    byte[] validity =
        Der.tagged(
            Der.SEQUENCE, time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(1, ChronoUnit.DAYS)));
    byte[] names =
        Der.tagged(Der.OCTET_STRING, Der.tagged(Der.SEQUENCE, Der.tagged(DNS_NAME, ascii)));
    byte[] extensions = Der.tagged(Der.SEQUENCE, Der.tagged(Der.SEQUENCE, SUBJECT_ALT_NAME, names));
    byte[] toBeSigned =
        Der.tagged(
            Der.SEQUENCE,
            VERSION_3,
            Der.tagged(Der.INTEGER, ONE),
            ECDSA_WITH_SHA256,
            name,
            validity,
            name,
            pair.getPublic().getEncoded(),
            Der.tagged(EXTENSIONS, extensions));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(toBeSigned);
    byte[] der =
        Der.tagged(
            Der.SEQUENCE,
            toBeSigned,
            ECDSA_WITH_SHA256,
            Der.tagged(Der.BIT_STRING, NO_UNUSED_BITS, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static byte[] time(Instant instant) {
    return Der.tagged(Der.UTC_TIME, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** What a client has to trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** For one connection. */
  public SSLEngine newEngine() {
    return context.newEngine(ByteBufAllocator.DEFAULT);
  }
}
