package dev.squall.runner.engine;

import java.util.ArrayList;
import java.util.List;

/** One query at a time, each of several samples sent together. */
final class QueryRun extends LoadRun implements Slot.Owner {
  private final Load.Queries load;
  private final List<Slot> slots = new ArrayList<>();
  private final long limit;
  private boolean begun;
  private boolean stopped;
  private long queries;
  private long intended;

  /** Samples of the query that are not answered yet. */
  private int open;

  /** Whether one of them failed. */
  private boolean failing;

  /** When the last of them, so far, was answered. */
  private long answered;

  /**
   * A load that has not started.
   *
   * @param lane number of the load, part of every drawn value's key
   * @param limit number of the first sample that is not sent any more
   */
  QueryRun(UserLoop loop, int number, Load.Queries load, Choice choice, long lane, long limit) {
    super(loop, number, load.terms());
    this.load = load;
    this.limit = limit;
    for (int sample = 0; sample < load.samplesPerQuery(); sample++) {
      slots.add(new Slot(this, this, choice, sample, lane, sample));
    }
  }

  @Override
  void begin() {
    begun = true;
    intended = startNanos();
    loop.timers().set(this, intended);
  }

  @Override
  void fire(long now) {
    boolean met = queries >= load.leastQueries() && intended - startNanos() >= load.leastNanos();
    long first = queries * slots.size();
    if (stopped || met || now >= endNanos() || first + slots.size() > limit) {
      end();
      return;
    }
    queries++;
    open = slots.size();
    failing = false;
    long deadline = graceAfter(endNanos());
    for (Slot slot : slots) {
      offered();
      slot.start(first++, intended, 0, now, deadline);
    }
  }

  @Override
  public void freed(int slot, long now, boolean failed) {
    failing |= failed;
    answered = Math.max(answered, now);
    if (--open > 0) {
      return;
    }
    loop.recordings.now().query(number, answered - intended);
    intended = answered;
    if (failing || stopped) {
      // On the next turn of the event loop, lest failures that need no network keep it from ever
      // turning.
      loop.timers().set(this, now);
    } else {
      fire(now);
    }
  }

  @Override
  void stop(long now) {
    stopped = true;
    if (!begun || open == 0) {
      end();
    } else {
      slots.forEach(slot -> slot.stopBy(graceAfter(now)));
    }
  }

  @Override
  void abort(long now) {
    stopped = true;
    slots.forEach(Slot::abort);
    end();
  }

  private void end() {
    slots.forEach(Slot::close);
    over();
  }
}
