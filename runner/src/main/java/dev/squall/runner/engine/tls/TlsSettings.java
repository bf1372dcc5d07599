package dev.squall.runner.engine.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a target's TLS.
 *
 * @param trusted certificates that are trusted instead of the JDK's authorities; empty for those
 * @param identity who the runners are, for a target that asks for client certificates
 * @param serverName name that is sent as SNI and that the target's certificate must be for, if it
 *     is not the target's host
 * @param minVersion oldest version that is accepted
 * @param verified whether the target's certificate must be trusted, and for its name
 * @param resumed whether a further connection resumes an earlier one's session, which spares the
 *     target its signature
 */
public record TlsSettings(
    List<X509Certificate> trusted,
    @Nullable Identity identity,
    @Nullable String serverName,
    Version minVersion,
    boolean verified,
    boolean resumed) {
  private static final TlsSettings DEFAULTS =
      new TlsSettings(List.of(), null, null, Version.TLS_1_2, true, true);

  /** A version of TLS. */
  public enum Version {
    /** RFC 5246. */
    TLS_1_2("TLSv1.2"),
    /** RFC 8446. */
    TLS_1_3("TLSv1.3");

    private final String protocol;

    Version(String protocol) {
      this.protocol = protocol;
    }

    /** Its name in Java, such as TLSv1.3. */
    public String protocol() {
      return protocol;
    }
  }

  /**
   * A client certificate.
   *
   * @param key its private key
   * @param chain the certificate, then those that lead to its authority; at least one
   */
  public record Identity(PrivateKey key, List<X509Certificate> chain) {
    /** Copies the list. */
    public Identity {
      chain = List.copyOf(chain);
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("a client certificate needs its certificate");
      }
    }
  }

  /** Copies the list. */
  public TlsSettings {
    trusted = List.copyOf(trusted);
  }

  /** The JDK's authorities, TLS 1.2 or later, no client certificate, sessions resumed. */
  public static TlsSettings defaults() {
    return DEFAULTS;
  }

  /** With trusted certificates. */
  public TlsSettings withTrusted(List<X509Certificate> certificates) {
    return new TlsSettings(certificates, identity, serverName, minVersion, verified, resumed);
  }

  /** With a client certificate. */
  public TlsSettings withIdentity(Identity who) {
    return new TlsSettings(trusted, who, serverName, minVersion, verified, resumed);
  }

  /** With another server name. */
  public TlsSettings withServerName(String name) {
    return new TlsSettings(trusted, identity, name, minVersion, verified, resumed);
  }

  /** With another oldest version. */
  public TlsSettings withMinVersion(Version version) {
    return new TlsSettings(trusted, identity, serverName, version, verified, resumed);
  }

  /** With any certificate accepted. */
  public TlsSettings unverified() {
    return new TlsSettings(trusted, identity, serverName, minVersion, false, resumed);
  }

  /** With a whole handshake for each connection. */
  public TlsSettings withoutResumption() {
    return new TlsSettings(trusted, identity, serverName, minVersion, verified, false);
  }
}
