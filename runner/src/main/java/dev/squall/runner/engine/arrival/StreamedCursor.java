package dev.squall.runner.engine.arrival;

import java.util.PrimitiveIterator;

/** A cursor over a record that is read forward, once. Seeking forward reads on; back is refused. */
final class StreamedCursor implements ArrivalCursor {
  private final PrimitiveIterator.OfLong instants;
  private final double speed;
  private final Stride share;

  /** Number of the last instant read, and the instant; the reader may be past the share's. */
  private long index = -1;

  private long origin;
  private long offset;
  private long nanos;

  StreamedCursor(PrimitiveIterator.OfLong instants, double speed, Stride share) {
    this.instants = instants;
    this.speed = speed;
    this.share = share;
    readTo(share.first());
  }

  /** Reads on until the cursor stands at a number, or past the end. */
  private void readTo(long wanted) {
    while (index < wanted) {
      if (!instants.hasNext()) {
        index = wanted;
        nanos = ArrivalSchedule.NONE;
        return;
      }
      long instant = instants.nextLong();
      index++;
      origin = index == 0 ? instant : origin;
      offset = Math.max(offset, instant - origin);
      RecordedSchedule.checkSpan(offset, speed);
    }
    nanos = RecordedSchedule.scaled(offset, speed);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long index() {
    return index;
  }

  @Override
  public void advance() {
    if (nanos != ArrivalSchedule.NONE) {
      readTo(index + share.stride());
    }
  }

  @Override
  public void seekIndex(long wanted) {
    long target = share.from(wanted);
    if (target < index) {
      throw new IllegalArgumentException(
          "arrival " + wanted + ": a streamed replay is past it and cannot go back");
    }
    if (nanos != ArrivalSchedule.NONE) {
      readTo(target);
    }
  }

  @Override
  public void seekNanos(long wanted) {
    while (nanos < wanted) {
      advance();
    }
  }
}
