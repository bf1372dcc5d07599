package dev.squall.runner.engine.json;

/**
 * Bounds of a number, both included.
 *
 * @param min least value; negative infinity for none
 * @param max largest value; infinity for none
 */
public record JsonRange(double min, double max) {
  /** Whether a path leads to a number within. */
  public boolean isAt(JsonScan scan, int path) {
    JsonKind kind = scan.kind(path);
    if (kind != JsonKind.INTEGER && kind != JsonKind.DECIMAL) {
      return false;
    }
    Decimal found = scan.decimal(path);
    double near = found.near();
    double error = found.isNearest() ? 0 : 8 * Math.ulp(near);
    if (near - error >= min && near + error <= max) {
      return true;
    }
    if (near + error < min || near - error > max) {
      return false;
    }
    // Closer to a bound than it is known.
    return within(found.nearest());
  }

  private boolean within(double value) {
    return value >= min && value <= max;
  }
}
