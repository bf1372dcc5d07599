package dev.squall.runner.engine;

import java.util.Arrays;

/**
 * Timers of one event loop: a binary heap of the things themselves, so that setting, moving and
 * cancelling a timer allocates nothing. Only its event loop may call it.
 *
 * <p>Moving a timer to a later time, or cancelling it, leaves it where it is in the heap; it is put
 * right when its old time comes. So the timeout of a request that is answered in time costs two
 * writes to a field.
 */
final class Timers {
  /** The time that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  /** Most timers that are called in one go: between them the sockets get their turn. */
  private static final int BATCH = 64;

  private Timer[] heap = new Timer[64];
  private int size;

  /** No timer is put to a time before this one. */
  private long earliest = Long.MIN_VALUE;

  /** Something that has to be done at a time. */
  abstract static class Timer {
    private long at = NEVER;
    private long heapAt;
    private int position = -1;

    /** Called once when the time has come; the timer may be set again. */
    abstract void fire(long nowNanos);

    /** When it is due, or {@link #NEVER}. */
    final long atNanos() {
      return at;
    }
  }

  /** Sets or moves a timer. One that is due is called in the next {@link #fireDue}. */
  void set(Timer timer, long atNanos) {
    timer.at = atNanos;
    long place = Math.max(atNanos, earliest);
    if (timer.position < 0) {
      if (atNanos != NEVER) {
        insert(timer, place);
      }
    } else if (place < timer.heapAt) {
      timer.heapAt = place;
      up(timer, timer.position);
    }
  }

  /** Cancels a timer. */
  void cancel(Timer timer) {
    timer.at = NEVER;
  }

  /** Cancels a timer that will not be set again: nothing of it is kept. */
  void forget(Timer timer) {
    timer.at = NEVER;
    int hole = timer.position;
    if (hole < 0) {
      return;
    }
    Timer last = heap[--size];
    // Else what has long been cancelled would stay, and all that it refers to.
    Arrays.fill(heap, size, size + 1, null);
    timer.position = -1;
    if (last != timer) {
      up(last, hole);
      down(last, last.position);
    }
  }

  /** No timer is due before this time. */
  long nextNanos() {
    return size == 0 ? NEVER : heap[0].heapAt;
  }

  /**
   * Calls the timers that are due, or the first part of them, in the order of their times. What is
   * set meanwhile is not among them, whatever its time: the sockets have their turn before.
   */
  void fireDue(long nowNanos) {
    earliest = nowNanos + 1;
    try {
      fire(nowNanos);
    } finally {
      earliest = Long.MIN_VALUE;
    }
  }

  private void fire(long nowNanos) {
    for (int left = BATCH; left > 0 && size > 0 && heap[0].heapAt <= nowNanos; left--) {
      Timer timer = heap[0];
      if (timer.at <= nowNanos) {
        forget(timer);
        timer.fire(nowNanos);
      } else if (timer.at == NEVER) {
        forget(timer);
      } else {
        timer.heapAt = timer.at;
        down(timer, 0);
      }
    }
  }

  private void insert(Timer timer, long place) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    timer.heapAt = place;
    up(timer, size++);
  }

  private void up(Timer timer, int from) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      Timer above = heap[parent];
      if (above.heapAt <= timer.heapAt) {
        break;
      }
      heap[at] = above;
      above.position = at;
      at = parent;
    }
    heap[at] = timer;
    timer.position = at;
  }

  private void down(Timer timer, int from) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && heap[child + 1].heapAt < heap[child].heapAt) {
        child++;
      }
      Timer below = heap[child];
      if (below.heapAt >= timer.heapAt) {
        break;
      }
      heap[at] = below;
      below.position = at;
      at = child;
    }
    heap[at] = timer;
    timer.position = at;
  }
}
