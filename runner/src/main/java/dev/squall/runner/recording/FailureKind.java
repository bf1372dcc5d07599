package dev.squall.runner.recording;

/**
 * Why a request is a failure. The kinds are told apart by what happened on the wire, so that a
 * refused connection is never read as a slow answer.
 */
public enum FailureKind {
  /** The target's name has no address. */
  RESOLVE("resolve", "the target's name could not be resolved to an address"),
  /** No connection: refused, unreachable, or not established in time. */
  CONNECT(
      "connect", "no connection to the target: refused, unreachable, or not established in time"),
  /** No free local port for a new connection: a limit of the runner's, not the target's. */
  PORTS("ports", "the runner has no free local port for a new connection"),
  /** The TLS handshake failed, or a TLS record could not be read. */
  TLS("tls", "the TLS handshake failed or a record could not be read"),
  /** The request was sent, the answer did not end within the request's timeout. */
  TIMEOUT("timeout", "the answer did not end within the request's timeout"),
  /** The connection was reset or closed before the answer ended. */
  RESET("reset", "the connection was reset or closed before the answer ended"),
  /** The answer is not well-formed HTTP/1.1, or exceeds a stated limit. */
  DECODE("decode", "the answer is not well-formed HTTP, or exceeds a limit"),
  /** The status is not one that the expectation accepts. */
  STATUS("status", "the answer's status is not accepted"),
  /** Headers, body or response time are not as expected, or a value could not be captured. */
  EXPECTATION("expectation", "the answer is not as expected");

  private final String label;
  private final String meaning;

  FailureKind(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** The lower-case word in metrics, files and the status. */
  public String label() {
    return label;
  }

  /** What the kind means, as a sentence's predicate without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** Whether a whole answer was read, and then refused. */
  public boolean answered() {
    return this == STATUS || this == EXPECTATION;
  }

  /**
   * The kind with this {@link #label}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FailureKind of(String label) {
    for (FailureKind kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no failure kind is named '" + label + "'");
  }
}
