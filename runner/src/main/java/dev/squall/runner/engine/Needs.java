package dev.squall.runner.engine;

/**
 * How much of an answer is kept for checks and captures, each including the one before it. What
 * nobody needs is counted and discarded.
 */
public enum Needs {
  /** Status and response time only. */
  STATUS,
  /** The header lines too. */
  HEADERS,
  /** The body too. */
  BODY;

  /** The larger of two. */
  public Needs and(Needs other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
