package dev.squall.runner.results;

/** Result files could not be stored; the message says why and what to do. */
public final class StoreFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With why and the fix. */
  public StoreFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With why and the fix. */
  public StoreFailedException(String message) {
    super(message);
  }
}
