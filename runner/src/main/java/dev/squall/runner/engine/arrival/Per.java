package dev.squall.runner.engine.arrival;

/** The unit of time that a rate is given in: so many per second, per minute or per hour. */
public enum Per {
  SECOND(1_000_000_000L),
  MINUTE(60_000_000_000L),
  HOUR(3_600_000_000_000L);

  private final long nanos;

  Per(long nanos) {
    this.nanos = nanos;
  }

  /** Length of the unit in nanoseconds. */
  public long nanos() {
    return nanos;
  }
}
