package dev.squall.runner.engine.arrival;

/**
 * Where the arrivals of a process with rate 1 lie: a weakly rising function of the arrival's
 * number. Immutable; the walk that evaluates it has state and belongs to one thread.
 */
sealed interface Positions permits Positions.Regular, RenewalPositions {

  Walk walk();

  /** Evaluates positions; the next number in O(1), any other in O(log n). Allocates nothing. */
  sealed interface Walk permits Regular, RenewalWalk {
    /** Position of an arrival, by its number from 0. */
    double at(long index);

    /** The number of the first arrival that is not before a position. */
    long firstFrom(double position);
  }

  /** Arrival j at j. */
  record Regular() implements Positions, Walk {
    @Override
    public Walk walk() {
      return this;
    }

    @Override
    public double at(long index) {
      return index;
    }

    @Override
    public long firstFrom(double position) {
      return Math.max(0, (long) Math.ceil(position));
    }
  }
}
