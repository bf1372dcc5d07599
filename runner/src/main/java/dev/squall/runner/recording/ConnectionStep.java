package dev.squall.runner.recording;

/** A step on the way to a connection, each timed apart, in their order. */
public enum ConnectionStep {
  /** The target's name is resolved; by a thread of its own, however many connections are opened. */
  RESOLVE("resolve", "resolving the target's name"),
  /** From the SYN to the established TCP connection. */
  CONNECT("connect", "opening the TCP connection"),
  /**
   * A full TLS handshake. A handshake that fails is counted here, since nobody knows which it would
   * have been.
   */
  HANDSHAKE("tls-full", "a full TLS handshake"),
  /** A TLS handshake that resumed an earlier session. */
  RESUMPTION("tls-resumed", "a TLS handshake that resumed a session");

  private final String label;
  private final String meaning;

  ConnectionStep(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** The lower-case word in metrics and files. */
  public String label() {
    return label;
  }

  /** What takes the time, as a noun phrase. */
  public String meaning() {
    return meaning;
  }
}
