package dev.squall.runner.engine.arrival;

/**
 * Random draws that are a function of a key, not of what was drawn before: {@link #key} names the
 * draw, the calls after it give the variates that this key has.
 *
 * <p>The key is hashed by the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014; the constants are Stafford's variant 13), and the
 * stream behind it is SplitMix64. All functions are {@link StrictMath}'s or correctly rounded, so a
 * draw is the same on every machine. One thread only; allocates nothing.
 */
final class KeyedDraws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;
  private long state;

  KeyedDraws(long seed) {
    this.seed = mix(seed + GOLDEN);
  }

  /** Begins the stream of a key: a domain (what is drawn) and a number within it. */
  void key(int domain, long number) {
    state = mix(seed ^ mix(number + domain * GOLDEN));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in the open interval (0, 1). */
  double uniform() {
    state += GOLDEN;
    return ((mix(state) >>> 11) + 0.5) * 0x1p-53;
  }

  /** Exponential with mean 1. */
  double exponential() {
    return -StrictMath.log(uniform());
  }

  /** Standard normal, by Marsaglia's polar method (1964). */
  private double normal() {
    while (true) {
      double u = 2 * uniform() - 1;
      double v = 2 * uniform() - 1;
      double square = u * u + v * v;
      if (square < 1 && square > 0) {
        return u * Math.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  /**
   * Gamma with a shape above 0 and scale 1, exactly, by Marsaglia and Tsang, "A simple method for
   * generating gamma variables", ACM TOMS 26(3), 2000; shape below 1 by their note in section 6.
   */
  double gamma(double shape) {
    if (shape == 1) {
      return exponential();
    }
    if (shape < 1) {
      double power = StrictMath.exp(StrictMath.log(uniform()) / shape);
      return gamma(shape + 1) * power;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = normal();
      double root = 1 + c * x;
      if (root > 0) {
        double v = root * root * root;
        double square = x * x;
        double u = uniform();
        if (u < 1 - 0.0331 * square * square
            || StrictMath.log(u) < square / 2 + d * (1 - v + StrictMath.log(v))) {
          return d * v;
        }
      }
    }
  }

  /** Beta with both parameters the same, as the share of one of two gammas. */
  double symmetricBeta(double shape) {
    double one = gamma(shape);
    double other = gamma(shape);
    return one / (one + other);
  }
}
