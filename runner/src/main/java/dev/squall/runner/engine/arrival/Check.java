package dev.squall.runner.engine.arrival;

/** What every level and time of a profile must be; a refusal names the field and the fix. */
final class Check {
  private Check() {}

  static void level(String field, double level) {
    if (!(level >= 0 && level <= 1e12)) {
      throw new IllegalArgumentException(
          field + ": is " + level + "; give a number from 0 to 1e12");
    }
  }

  static void positive(String field, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(field + ": is " + value + "; give more than 0");
    }
  }
}
