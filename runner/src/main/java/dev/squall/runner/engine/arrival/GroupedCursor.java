package dev.squall.runner.engine.arrival;

/** A cursor over a share of a {@link GroupedSchedule}. */
final class GroupedCursor implements ArrivalCursor {
  private final ArrivalCursor each;
  private final long spanNanos;

  GroupedCursor(ArrivalCursor each, long spanNanos) {
    this.each = each;
    this.spanNanos = spanNanos;
  }

  @Override
  public long nanos() {
    long own = each.nanos();
    return own == ArrivalSchedule.NONE ? own : own - own % spanNanos;
  }

  @Override
  public long index() {
    return each.index();
  }

  @Override
  public void advance() {
    each.advance();
  }

  @Override
  public void seekIndex(long index) {
    each.seekIndex(index);
  }

  @Override
  public void seekNanos(long nanos) {
    // The first span that begins then or later, and with it all that is not earlier.
    long past = Math.floorMod(nanos, spanNanos);
    each.seekNanos(past == 0 ? nanos : Math.addExact(nanos, spanNanos - past));
  }
}
