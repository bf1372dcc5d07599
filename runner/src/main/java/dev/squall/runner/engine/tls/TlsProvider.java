package dev.squall.runner.engine.tls;

/** Who does TLS. */
public enum TlsProvider {
  /** BoringSSL where it can be loaded, else the JDK. */
  AUTO,
  /** BoringSSL; an error if it cannot be loaded. */
  BORINGSSL,
  /** The JDK's own. Costs more than twice BoringSSL's CPU. */
  JDK
}
