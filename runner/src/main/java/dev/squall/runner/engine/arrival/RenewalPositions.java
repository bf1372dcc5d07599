package dev.squall.runner.engine.arrival;

/**
 * A stationary renewal process of rate 1 with gamma gaps (shape k, mean 1), k = 1 being Poisson,
 * whose n-th position can be found in O(log n) from the seed alone.
 *
 * <p><b>Construction.</b> Position j is {@code offset + S(j)}, S(j) the sum of gaps 1 to j. Sums of
 * independent gammas of one scale are gammas, and the share of a part in such a sum is beta
 * distributed and independent of the sum (Lukacs 1955; as a way to simulate: the gamma bridge,
 * Ribeiro and Webber, "Valuing path-dependent options in the variance-gamma model", J. Comp.
 * Finance 7(2), 2004). So sums are drawn from the top down, each by a key of its own:
 *
 * <ol>
 *   <li>The axis of numbers is cut into segments: gaps 1 to B, then B more, 2B more, 4B more, …
 *       Segment s has the sum Gamma(k·its size), independently.
 *   <li>A segment is halved again and again; of n gaps the first half takes the share Beta(k·n/2,
 *       k·n/2) of the sum.
 *   <li>Down at a block of B gaps, the gaps are drawn as independent gammas and scaled to the
 *       block's sum: their shares are Dirichlet distributed, as they must be.
 * </ol>
 *
 * Every step is exact in distribution, so the gaps are independent gammas, no matter how far apart
 * the numbers at which one looks. A walk that goes on keeps its path down the tree: one new block
 * costs on average two halvings, so the next position costs O(1). Neighbouring intervals share
 * their end points as numbers, not as sums, so positions never go backwards.
 *
 * <p><b>Start.</b> The process is in equilibrium, as if it had begun long ago: the gap that covers
 * the start has the length-biased law Gamma(k+1)/k, and the start lies uniformly within it (Cox,
 * "Renewal Theory", 1962, chapter 5). Then the expected number of arrivals in any interval is
 * exactly its length.
 *
 * <p><b>Exact count.</b> For exactly n arrivals on [0, x) the axis is closed to a circle: the
 * covering gap and the n − 1 gaps after it are scaled so that together they make x. For Poisson
 * this is the law of n independent uniform points, which is the process given its count; for gamma
 * the stationary process given its count.
 */
final class RenewalPositions implements Positions {
  /** Gaps in a block, a power of two. */
  static final int BLOCK = 32;

  /** Enough for 2^45 arrivals: a million a second for a year. */
  private static final int SEGMENTS = 42;

  /** Numbers from here on are refused. */
  static final long MOST = (long) BLOCK << (SEGMENTS - 2);

  static final int GAP = 1;
  static final int SEGMENT = 2;
  static final int COVER = 3;
  static final int HALVING = 16;

  final double shape;
  final long seed;

  /** Sum of the gaps before each segment, in units of gamma scale 1. */
  final double[] segmentEdge = new double[SEGMENTS];

  /** Where arrival 0 lies, in the same units. */
  final double offset;

  /** From those units to positions. */
  final double scale;

  private RenewalPositions(double shape, long seed, double circumference, long count) {
    this.shape = shape;
    this.seed = seed;
    KeyedDraws draws = new KeyedDraws(seed);
    for (int segment = 0; segment < SEGMENTS - 1; segment++) {
      draws.key(SEGMENT, segment);
      double gaps = (double) BLOCK * (segment == 0 ? 1 : 1L << (segment - 1));
      segmentEdge[segment + 1] = segmentEdge[segment] + draws.gamma(shape * gaps);
    }
    draws.key(COVER, 0);
    double cover = draws.gamma(shape + 1);
    this.offset = cover * draws.uniform();
    this.scale =
        count > 0 ? circumference / (cover + new RenewalWalk(this).sum(count - 1)) : 1 / shape;
  }

  /** A process of rate 1 that goes on for ever. */
  static RenewalPositions endless(double shape, long seed) {
    return new RenewalPositions(shape, seed, 0, 0);
  }

  /** Exactly {@code count} arrivals (1 or more) between 0 and a length. */
  static RenewalPositions exactly(long count, double length, double shape, long seed) {
    return new RenewalPositions(shape, seed, length, count);
  }

  @Override
  public Walk walk() {
    return new RenewalWalk(this);
  }
}
