package dev.squall.runner.engine;

import dev.squall.runner.engine.arrival.UserProfile;
import java.util.ArrayList;
import java.util.List;

/** A closed load's users on one event loop. */
final class ClosedRun extends LoadRun {
  private final Load.Closed load;
  private final List<User> users = new ArrayList<>();
  private int left;
  private int running;

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
  void add(Script script, long key, int n) {
    users.add(new User(this, script, key, n));
    left++;
  }

  @Override
  void begin() {
    users.forEach(User::begin);
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
    throw new IllegalStateException("a closed load has no timer: each user has its own");
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
