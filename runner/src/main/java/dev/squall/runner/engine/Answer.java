package dev.squall.runner.engine;

/**
 * An answer as its carrier read it, whole: framing gone, the body as it was coded. Valid only
 * during the call that it is given to.
 */
interface Answer {
  /** Status code. */
  int status();

  /** How the body is coded. */
  Coding coding();

  /** Bytes of the body, without framing. */
  long contentBytes();

  /** What is kept of it: the header lines and the body, as far as they are needed. */
  Kept kept();
}
