package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;

/**
 * A place for one arrival in flight: runs one iteration at a time, each another arrival's. Keeps
 * its connection from one to the next. Only the event loop calls it.
 */
final class Slot implements Exchange.Owner {
  /** Whose slot it is. */
  interface Owner {
    /** The slot's arrival is over. */
    void freed(int slot, long nowNanos, boolean failed);
  }

  private final LoadRun run;
  private final UserLoop loop;
  private final Owner owner;
  private final Choice choice;
  private final int number;
  private final long lane;
  private final Exchange exchange;
  private final Carried carried;
  private final long[] rows;
  private Script.Request[] task;
  private long arrival;
  private int step;

  /**
   * A free slot.
   *
   * @param number its number on this event loop
   * @param lane number of the load, part of every drawn value's key
   * @param address which of the target's addresses its first connection goes to
   */
  Slot(LoadRun run, Owner owner, Choice choice, int number, long lane, int address) {
    this.run = run;
    this.loop = run.loop;
    this.owner = owner;
    this.choice = choice;
    this.number = number;
    this.lane = lane;
    Script largest = choice.largest();
    this.carried = Carried.of(largest, loop.datasets());
    this.exchange = new Exchange(run, this, lane, address, carried, largest.tasks[0][0]);
    this.rows = new long[loop.datasets()];
    this.task = largest.tasks[0];
  }

  /** Opens its connection before it is needed. */
  void connect() {
    exchange.connect();
  }

  /** Begins an arrival's iteration, which may go on until a deadline. */
  void start(
      long number, long intendedNanos, long queueingNanos, long nowNanos, long deadlineNanos) {
    arrival = number;
    Script script = choice.pick(loop.draw(), lane, number);
    double drawn = loop.draw().at(lane, number, 0).unit(Draw.TASK, 0);
    task = script.tasks[script.weights.pick(drawn)];
    step = 0;
    choice.rowsBefore(number, rows);
    carried.forget(rows);
    exchange.limit(deadlineNanos);
    exchange.start(task[0], number, 0, intendedNanos, queueingNanos, nowNanos);
  }

  @Override
  public void completed(long done, boolean failed) {
    if (!failed && step + 1 < task.length && !loop.stopping()) {
      step++;
      run.offered();
      exchange.start(task[step], arrival, step, done, 0, done);
    } else {
      owner.freed(number, done, failed);
    }
  }

  @Override
  public void interrupted(long now) {
    owner.freed(number, now, true);
  }

  /** Gives a request in flight until a deadline. */
  void stopBy(long deadlineNanos) {
    exchange.stopBy(deadlineNanos);
  }

  /** Gives up a request in flight. */
  void abort() {
    if (exchange.active()) {
      exchange.interrupt();
    }
  }

  /** Closes its connection. */
  void close() {
    exchange.close();
  }
}
