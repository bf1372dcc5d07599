package dev.squall.runner.engine;

import dev.squall.runner.engine.arrival.ArrivalSchedule;
import org.jspecify.annotations.Nullable;

/** An open load's share on one event loop: sends arrivals when they are due. */
final class OpenRun extends LoadRun implements Dispatch.Sender, Slot.Owner {
  /** Longest time from one connection that is opened beforehand to the next. */
  private static final long OPENING_NANOS = 1_000_000;

  private final Load.Open load;
  private final Choice choice;
  private final Dispatch.Part part;
  private final long lane;
  private final int opened;

  /** Made when they are first used. */
  private final @Nullable Slot[] slots;

  private @Nullable Dispatch dispatch;
  private long deadline = Timers.NEVER;

  /** Number of the next slot whose connection is opened beforehand, and when. */
  private int opening;

  private long openingAt = Timers.NEVER;
  private long openingEvery;
  private long offeredBefore;
  private long droppedBefore;
  private long waiting;

  /**
   * A share that has not started.
   *
   * @param part which arrivals, and how many may be in flight
   * @param lane number of the load, part of every drawn value's key
   * @param opened how many connections are opened before the start
   */
  OpenRun(
      UserLoop loop,
      int number,
      Load.Open load,
      Choice choice,
      Dispatch.Part part,
      long lane,
      int opened) {
    super(loop, number, load.terms());
    this.load = load;
    this.choice = choice;
    this.part = part;
    this.lane = lane;
    this.opened = opened;
    this.slots = new Slot[part.slots()];
  }

  @Override
  void begin() {
    ArrivalSchedule schedule = load.schedule();
    dispatch = new Dispatch(schedule, part, load.overflow(), startNanos(), this);
    endsBy(startNanos() + schedule.endNanos());
    deadline = graceAfter(endNanos());
    long now = System.nanoTime();
    if (opened > 0 && now < startNanos()) {
      openingAt = now;
      // A fifth of the time is left for the last of them to be established.
      openingEvery = Math.min(OPENING_NANOS, (startNanos() - now) * 4 / 5 / opened);
    }
    settle(dispatch, startNanos());
  }

  /** Opens connections beforehand, as far as their time has come. */
  private void open(long now) {
    while (openingAt <= now) {
      slot(opening++).connect();
      openingAt =
          opening == opened || now >= startNanos() ? Timers.NEVER : openingAt + openingEvery;
    }
  }

  @Override
  void fire(long now) {
    if (dispatch != null) {
      open(now);
      if (now >= deadline) {
        dropWaiting(dispatch, now);
      } else {
        dispatch.due(now);
      }
      settle(dispatch, now);
    }
  }

  /** Ends if nothing is left to do, else waits for what is due next. */
  private void settle(Dispatch arrivals, long now) {
    if (arrivals.over()) {
      for (Slot slot : slots) {
        if (slot != null) {
          slot.close();
        }
      }
      account(now);
      over();
    } else {
      long next = Math.min(arrivals.nextNanos(), openingAt);
      loop.timers().set(this, now < deadline ? Math.min(next, deadline) : next);
    }
  }

  /** The load is over, and the target never had room for them: scheduled, never sent. */
  private void dropWaiting(Dispatch arrivals, long now) {
    loop.recordings.now().dropped(number, arrivals.close(now));
  }

  /** The run is told to end before its time. */
  private void giveUpWaiting(Dispatch arrivals, long now) {
    loop.recordings.now().interrupted(number, arrivals.close(now));
  }

  @Override
  public void send(int at, long arrival, long intended, long queueing, long now) {
    slot(at).start(arrival, intended, queueing, now, deadline);
  }

  private Slot slot(int at) {
    Slot slot = slots[at];
    if (slot == null) {
      int address = (int) ((part.first() + at * part.stride()) & Integer.MAX_VALUE);
      slot = new Slot(this, this, choice, at, lane, address);
      slots[at] = slot;
    }
    return slot;
  }

  @Override
  public void freed(int slot, long now, boolean failed) {
    if (dispatch != null) {
      if (now >= deadline) {
        dropWaiting(dispatch, now);
      }
      dispatch.freed(slot, now);
      settle(dispatch, now);
    }
  }

  @Override
  void stop(long now) {
    if (dispatch == null) {
      over();
      return;
    }
    deadline = Math.min(deadline, graceAfter(now));
    openingAt = Timers.NEVER;
    giveUpWaiting(dispatch, now);
    for (Slot slot : slots) {
      if (slot != null) {
        slot.stopBy(deadline);
      }
    }
    settle(dispatch, now);
  }

  @Override
  void abort(long now) {
    if (dispatch == null) {
      over();
      return;
    }
    giveUpWaiting(dispatch, now);
    for (Slot slot : slots) {
      if (slot != null) {
        slot.abort();
      }
    }
    settle(dispatch, now);
  }

  @Override
  void account(long now) {
    if (dispatch != null) {
      long offered = dispatch.offered(now);
      long dropped = dispatch.dropped();
      loop.recordings.now().offered(number, offered - offeredBefore);
      loop.recordings.now().dropped(number, dropped - droppedBefore);
      offeredBefore = offered;
      droppedBefore = dropped;
      waiting = dispatch.waiting(now);
    }
  }

  @Override
  long waiting() {
    return waiting;
  }
}
