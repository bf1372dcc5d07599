package dev.squall.runner.engine;

import dev.squall.runner.engine.arrival.ArrivalCursor;
import dev.squall.runner.engine.arrival.ArrivalSchedule;
import java.util.Arrays;

/**
 * Where the arrivals of one share of an open load meet its in-flight slots. It has no clock: its
 * callers say what time it is, so that the same code runs on an event loop and in a simulation. One
 * thread only; allocates nothing once made.
 *
 * <p>What waits is nowhere but in the schedule: the cursor stands at the arrival that is next to be
 * sent, however long ago it was due, so its intended time is kept and nothing is lost.
 *
 * <p>From intended to sent, <b>queueing</b> lasts until a slot was free, whichever; what is left is
 * the caller's own lateness. The slot free for longest stands at the bottom of the stack of free
 * slots, since the last one freed is taken first (its connection is warm).
 */
final class Dispatch {
  /** The instant that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * Most arrivals sent in one call, some 6 µs each: the caller reads answers before the next, as
   * {@link Timers} do not call again in the same go.
   */
  private static final int BATCH = 4;

  /** Sends arrivals. */
  interface Sender {
    /**
     * Sends an arrival. May free the slot at once.
     *
     * @param slot number of the slot, from 0
     * @param arrival global number of the arrival
     * @param intendedNanos when it was due
     * @param queueingNanos how long no slot was free for it
     * @param nowNanos the time that the caller was told
     */
    void send(int slot, long arrival, long intendedNanos, long queueingNanos, long nowNanos);
  }

  private final ArrivalCursor cursor;

  /** Runs ahead of the other one where arrivals wait, to count them. */
  private final ArrivalCursor counter;

  private final Part part;
  private final Load.Overflow overflow;
  private final long originNanos;
  private final Sender sender;
  private final int[] free;
  private final long[] freeSince;
  private int freeCount;
  private boolean sending;
  private boolean closed;
  private long next;
  private long taken;
  private long dropped;
  private long offered;

  /**
   * A share of a load.
   *
   * @param first number of its first arrival
   * @param stride from each arrival to the next
   * @param slots how many may be in flight, at least 1
   * @param limit number of the first arrival that is not sent any more
   * @param endNanos arrivals from then on, since the load's start, are not sent any more
   */
  record Part(long first, long stride, int slots, long limit, long endNanos) {}

  /**
   * Nothing sent yet, all slots free.
   *
   * @param originNanos when the load starts
   */
  Dispatch(
      ArrivalSchedule schedule,
      Part part,
      Load.Overflow overflow,
      long originNanos,
      Sender sender) {
    this.cursor = schedule.cursor(part.first, part.stride);
    this.counter = schedule.cursor(part.first, part.stride);
    this.part = part;
    this.overflow = overflow;
    this.originNanos = originNanos;
    this.sender = sender;
    this.free = new int[part.slots];
    this.freeSince = new long[part.slots];
    Arrays.fill(freeSince, Long.MIN_VALUE);
    for (int slot = part.slots - 1; slot >= 0; slot--) {
      free[freeCount++] = slot;
    }
    this.next = standing();
  }

  private long standing() {
    long nanos = cursor.nanos();
    return nanos >= part.endNanos || cursor.index() >= part.limit ? NEVER : originNanos + nanos;
  }

  private void advance() {
    taken++;
    cursor.advance();
    next = standing();
  }

  /** When {@link #due} is to be called next; {@link #NEVER} while that waits for a slot. */
  long nextNanos() {
    boolean waits = freeCount == 0 && overflow == Load.Overflow.WAIT;
    return closed || waits ? NEVER : next;
  }

  /** Sends what is due and has a slot, or the first part of it; drops what has to be. */
  void due(long nowNanos) {
    if (sending || closed) {
      return;
    }
    sending = true;
    for (int sent = 0; sent < BATCH && next <= nowNanos && !closed; ) {
      if (freeCount > 0) {
        send(nowNanos);
        sent++;
      } else if (overflow == Load.Overflow.DROP) {
        dropped++;
        advance();
      } else {
        break;
      }
    }
    sending = false;
  }

  private void send(long nowNanos) {
    long since = freeSince[free[0]];
    long queueing = since > next ? since - next : 0;
    int slot = free[--freeCount];
    long arrival = cursor.index();
    long intended = next;
    advance();
    sender.send(slot, arrival, intended, queueing, nowNanos);
  }

  /**
   * A slot's arrival is over. One that waits for a slot takes it at once. What is due and has a
   * slot does not, but when {@link #due} is called next: other answers may have come that are yet
   * to be read.
   */
  void freed(int slot, long nowNanos) {
    boolean noneFree = freeCount == 0;
    freeSince[slot] = nowNanos;
    free[freeCount++] = slot;
    if (noneFree) {
      due(nowNanos);
    }
  }

  /** How many arrivals have been due by now, sent or not. */
  long offered(long nowNanos) {
    if (!closed) {
      offered = taken;
      if (next <= nowNanos) {
        counter.seekNanos(Math.min(nowNanos - originNanos + 1, part.endNanos));
        long index = Math.min(counter.index(), part.limit);
        offered = Math.max(0, Math.ceilDiv(index - part.first, part.stride));
      }
    }
    return offered;
  }

  /** How many arrivals were dropped. */
  long dropped() {
    return dropped;
  }

  /** How many arrivals have been due by now and wait. */
  long waiting(long nowNanos) {
    return closed ? 0 : offered(nowNanos) - taken;
  }

  /**
   * Sends nothing more.
   *
   * @return how many arrivals waited, and are given up
   */
  long close(long nowNanos) {
    long waited = waiting(nowNanos);
    closed = true;
    return waited;
  }

  /** Whether nothing is in flight, nor will be. */
  boolean over() {
    return (closed || next == NEVER) && freeCount == part.slots;
  }
}
