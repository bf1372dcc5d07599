package dev.squall.runner.cli;

/** Something the user gave is wrong; the message is for them. */
final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidInputException(String message) {
    super(message);
  }
}
