package dev.squall.runner.engine;

import dev.squall.runner.engine.arrival.ArrivalSchedule;
import dev.squall.runner.recording.Interval;
import dev.squall.runner.recording.Levels;
import dev.squall.runner.recording.Snapshot;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * One share of an open load against a target that is a function, on a clock that jumps from one
 * event to the next: what {@link Dispatch} does on an event loop, without the event loop.
 */
final class SimulatedTarget implements Dispatch.Sender {
  private final LongUnaryOperator answeredAt;
  private final Dispatch dispatch;
  private final Interval interval;
  private final long[] intended;
  private final long[] queueing;
  private final long[] sent;

  /** Slots in the order of their answers: the target's answers keep the order of requests. */
  private final int[] inFlight;

  private final long[] done;
  private long head;
  private long tail;

  /**
   * A share that has sent nothing.
   *
   * @param answeredAt when what is sent at an instant is answered; never earlier than what was sent
   *     before
   */
  SimulatedTarget(
      ArrivalSchedule schedule,
      Dispatch.Part part,
      Load.Overflow overflow,
      LongUnaryOperator answeredAt) {
    this.answeredAt = answeredAt;
    this.interval =
        new Interval(
            List.of(new Interval.Name("a", "GET")), List.of(new Interval.LoadName("open", false)));
    int slots = part.slots();
    this.intended = new long[slots];
    this.queueing = new long[slots];
    this.sent = new long[slots];
    this.inFlight = new int[slots];
    this.done = new long[slots];
    this.dispatch = new Dispatch(schedule, part, overflow, 0, this);
  }

  @Override
  public void send(int slot, long arrival, long intendedNanos, long queueingNanos, long nowNanos) {
    intended[slot] = intendedNanos;
    queueing[slot] = queueingNanos;
    sent[slot] = nowNanos;
    int at = (int) (tail++ % inFlight.length);
    inFlight[at] = slot;
    done[at] = answeredAt.applyAsLong(nowNanos);
  }

  /** Runs until all is answered. */
  Snapshot run() {
    while (!dispatch.over()) {
      long due = dispatch.nextNanos();
      int at = (int) (head % inFlight.length);
      if (head < tail && done[at] <= due) {
        head++;
        int slot = inFlight[at];
        long now = done[at];
        interval.record(0, 0, intended[slot], sent[slot], now, queueing[slot], 0);
        dispatch.freed(slot, now);
      } else {
        dispatch.due(due);
      }
    }
    interval.offered(0, dispatch.offered(Long.MAX_VALUE - 1));
    interval.dropped(0, dispatch.dropped());
    return Interval.snapshot(1, Levels.NONE, true, List.of(interval));
  }
}
