package dev.squall.runner.engine.arrival;

/** A cursor over a share of a {@link RecordedSchedule}. */
final class RecordedCursor implements ArrivalCursor {
  private final RecordedSchedule schedule;
  private final Stride share;
  private long index;

  RecordedCursor(RecordedSchedule schedule, Stride share) {
    this.schedule = schedule;
    this.share = share;
    this.index = share.first();
  }

  @Override
  public long nanos() {
    return index < schedule.count() ? schedule.instant((int) index) : ArrivalSchedule.NONE;
  }

  @Override
  public long index() {
    return index;
  }

  @Override
  public void advance() {
    if (index < schedule.count()) {
      index += share.stride();
    }
  }

  @Override
  public void seekIndex(long wanted) {
    index = share.from(Math.min(wanted, schedule.count()));
  }

  @Override
  public void seekNanos(long wanted) {
    int low = 0;
    int high = (int) schedule.count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (schedule.instant(middle) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    index = share.from(low);
  }
}
