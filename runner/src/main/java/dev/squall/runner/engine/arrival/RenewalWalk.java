package dev.squall.runner.engine.arrival;

/**
 * Walks over the positions of a {@link RenewalPositions}: keeps the path from a segment down to a
 * block, and that block's gaps. The next block costs O(1) on average, any block O(log n). One
 * thread only; allocates nothing after construction.
 */
final class RenewalWalk implements Positions.Walk {
  private static final int DEPTHS = 64;
  private static final int BLOCK = RenewalPositions.BLOCK;
  private static final int BLOCK_BITS = Integer.numberOfTrailingZeros(BLOCK);

  private final RenewalPositions process;
  private final KeyedDraws draws;

  /** By depth: the interval that the node on the path covers, its middle, and the node's number. */
  private final double[] low = new double[DEPTHS];

  private final double[] high = new double[DEPTHS];
  private final double[] middle = new double[DEPTHS];
  private final long[] node = new long[DEPTHS];

  private int segment = -1;
  private long block = -1;

  /** Sums of the block's own gaps up to each, before they are scaled to the block's interval. */
  private final double[] rawSum = new double[BLOCK + 1];

  private double blockLow;
  private double blockHigh;
  private double blockScale;

  RenewalWalk(RenewalPositions process) {
    this.process = process;
    this.draws = new KeyedDraws(process.seed);
  }

  @Override
  public double at(long index) {
    return (process.offset + sum(index)) * process.scale;
  }

  /** Sum of the first gaps, in units of gamma scale 1. */
  double sum(long gaps) {
    if (gaps >> BLOCK_BITS != block) {
      if (gaps < 0 || gaps >= RenewalPositions.MOST) {
        throw new IllegalArgumentException(
            "arrival " + gaps + ": a random schedule has at most " + RenewalPositions.MOST);
      }
      enter(gaps >> BLOCK_BITS);
    }
    return within((int) (gaps & (BLOCK - 1)));
  }

  private double within(int gaps) {
    return Math.min(blockHigh, blockLow + rawSum[gaps] * blockScale);
  }

  @Override
  public long firstFrom(double position) {
    long guess = guess(position / process.scale - process.offset);
    // The guess was made in other units; what counts is at().
    while (guess > 0 && at(guess - 1) >= position) {
      guess--;
    }
    while (at(guess) < position) {
      guess++;
    }
    return guess;
  }

  private long guess(double wanted) {
    if (wanted <= 0) {
      return 0;
    }
    int last = process.segmentEdge.length - 1;
    if (wanted >= process.segmentEdge[last]) {
      throw new IllegalArgumentException(
          "a random schedule has at most " + RenewalPositions.MOST + " arrivals; shorten the load");
    }
    int found = 0;
    while (process.segmentEdge[found + 1] <= wanted) {
      found++;
    }
    enterSegment(found);
    int depths = Math.max(0, found - 1);
    long offset = 0;
    for (int depth = 0; depth < depths; depth++) {
      offset = 2 * offset + (wanted >= middle[depth] ? 1 : 0);
      descend(depth + 1, 1L << (depth + 1) | offset);
    }
    enter(firstBlock(found) + offset);
    int gaps = 0;
    while (gaps < BLOCK && within(gaps) < wanted) {
      gaps++;
    }
    return (block << BLOCK_BITS) + gaps;
  }

  private static long firstBlock(int segment) {
    return segment == 0 ? 0 : 1L << (segment - 1);
  }

  private void enter(long wanted) {
    int wantedSegment = Long.SIZE - Long.numberOfLeadingZeros(wanted);
    enterSegment(wantedSegment);
    int depths = Math.max(0, wantedSegment - 1);
    // The heap number of the block's leaf within its segment; its ancestors are its prefixes.
    long leaf = wantedSegment == 0 ? 1 : wanted;
    int depth = depths;
    while (node[depth] != leaf >> (depths - depth)) {
      depth--;
    }
    for (depth++; depth <= depths; depth++) {
      descend(depth, leaf >> (depths - depth));
    }
    blockLow = low[depths];
    blockHigh = high[depths];
    double sum = 0;
    for (int gap = 1; gap <= BLOCK; gap++) {
      draws.key(RenewalPositions.GAP, (wanted << BLOCK_BITS) + gap);
      sum += draws.gamma(process.shape);
      rawSum[gap] = sum;
    }
    blockScale = (blockHigh - blockLow) / sum;
    block = wanted;
  }

  private void enterSegment(int wanted) {
    if (wanted != segment) {
      segment = wanted;
      java.util.Arrays.fill(node, 0);
      low[0] = process.segmentEdge[wanted];
      high[0] = process.segmentEdge[wanted + 1];
      node[0] = 1;
      halve(0);
    }
  }

  private void descend(int depth, long number) {
    boolean right = (number & 1) == 1;
    low[depth] = right ? middle[depth - 1] : low[depth - 1];
    high[depth] = right ? high[depth - 1] : middle[depth - 1];
    node[depth] = number;
    halve(depth);
    for (int below = depth + 1; below < DEPTHS && node[below] != 0; below++) {
      node[below] = 0;
    }
  }

  private void halve(int depth) {
    int depths = Math.max(0, segment - 1);
    if (depth < depths) {
      draws.key(RenewalPositions.HALVING + segment, node[depth]);
      double halfOfGaps = (double) BLOCK * (1L << (depths - depth - 1));
      double share = draws.symmetricBeta(process.shape * halfOfGaps);
      middle[depth] = Math.min(high[depth], low[depth] + (high[depth] - low[depth]) * share);
    }
  }
}
