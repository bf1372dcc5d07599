package dev.squall.runner.engine;

import dev.squall.runner.engine.arrival.UserProfile;
import java.util.ArrayList;
import java.util.List;

/** A closed load's users on one event loop. */
final class ClosedRun extends LoadRun {
  /** Users that learn in one go that the load is over. */
  private static final int TOLD_AT_ONCE = 64;

  private final Load.Closed load;
  private final List<User> users = new ArrayList<>();
  private int left;
  private int running;

  /** Number of the next user here that is told that the load is over. */
  private int toTell;

  ClosedRun(UserLoop loop, int number, Load.Closed load) {
    super(loop, number, load.terms());
    this.load = load;
  }

  /**
   * Adds a user, before the start.
   *
   * @param script what it does
   * @param key its global number
   * @param n its number within the load
   */
  void add(Script script, int key, int n) {
    users.add(new User(this, script, key, n));
    left++;
  }

  @Override
  void begin() {
    users.forEach(User::begin);
    if (endNanos() != Timers.NEVER && left > 0) {
      loop.timers().set(this, endNanos());
    }
  }

  @Override
  void stop(long nowNanos) {
    users.forEach(user -> user.stop(nowNanos));
  }

  @Override
  void abort(long nowNanos) {
    users.forEach(User::abort);
  }

  @Override
  void fire(long nowNanos) {
    int last = Math.min(users.size(), toTell + TOLD_AT_ONCE);
    while (toTell < last) {
      users.get(toTell++).loadOver(nowNanos);
    }
    if (left > 0 && toTell < users.size()) {
      // Not before the sockets, and whatever else is due, had their turn.
      loop.timers().set(this, nowNanos + 1);
    }
  }

  @Override
  int users() {
    return running;
  }

  /** When user n is next wanted, from an instant on, or {@link Timers#NEVER}. */
  long startAfter(int n, long nanos) {
    return instant(load.users().startAfter(n, nanos - startNanos()));
  }

  /** When user n, wanted from an instant on, is not wanted any more: the load's end at last. */
  long stopAfter(int n, long nanos) {
    return Math.min(endNanos(), instant(load.users().stopAfter(n, nanos - startNanos())));
  }

  private long instant(long sinceStart) {
    return sinceStart == UserProfile.NEVER ? Timers.NEVER : startNanos() + sinceStart;
  }

  long requestsOf(int n) {
    return load.requestsOf(n);
  }

  long iterationsOf(int n) {
    return load.iterationsOf(n);
  }

  void userStarted() {
    running++;
  }

  void userStopped() {
    running--;
  }

  /** A user will not start again. */
  void userEnded() {
    if (--left == 0) {
      over();
    }
  }
}
