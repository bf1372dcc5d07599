package dev.squall.runner.control;

import java.io.IOException;

/** A runner answered that it will not do what it was asked. */
public final class RunnerRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With the runner's own words. */
  public RunnerRefusedException(String message) {
    super(message);
  }
}
