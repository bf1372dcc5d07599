package dev.squall.runner.engine;

/**
 * An event loop's part of what is shared out over the event loops of all runners.
 *
 * @param runner its runner among all
 * @param loop itself among its runner's
 */
record LoopShare(Share runner, Share loop) {
  /** How many of so many are its own; over all event loops these are all, each once. */
  int of(int total) {
    return loop.users(runner.users(total));
  }

  /** Event loops of all runners, where all have as many as this one. */
  int loops() {
    return runner.count() * loop.count();
  }

  /** Its number among these, from 0. */
  int number() {
    return runner.index() + runner.count() * loop.index();
  }
}
