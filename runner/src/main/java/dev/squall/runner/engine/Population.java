package dev.squall.runner.engine;

import dev.squall.runner.engine.arrival.UserProfile;

/** How many users a closed load has, and when each of them is wanted. */
public sealed interface Population {
  /** Most users that there ever are. */
  int most();

  /** Whether there is an instant after which no user is wanted. */
  boolean ends();

  /**
   * When user n (from 0) first starts at or after an instant, in nanoseconds since the load's
   * start; {@link UserProfile#NEVER} if it does not.
   */
  long startAfter(int n, long nanos);

  /** When user n, who runs, is first not wanted any more; {@link UserProfile#NEVER} if never. */
  long stopAfter(int n, long nanos);

  /**
   * Users that start one after another and stay.
   *
   * @param count number of users over all runners, at least 1
   * @param perSecond users started per second: user n is due at n / rate
   */
  record Spawned(int count, double perSecond) implements Population {
    /** Checks each part. */
    public Spawned {
      if (count < 1 || !(perSecond > 0)) {
        throw new IllegalArgumentException("users: give a count of 1 or more, a rate above 0");
      }
    }

    @Override
    public int most() {
      return count;
    }

    @Override
    public boolean ends() {
      return false;
    }

    @Override
    public long startAfter(int n, long nanos) {
      long due = (long) Math.rint(n * 1e9 / perSecond);
      return due >= nanos ? due : UserProfile.NEVER;
    }

    @Override
    public long stopAfter(int n, long nanos) {
      return UserProfile.NEVER;
    }
  }

  /**
   * Users that come and go as a profile says; one that goes and comes again goes on counting its
   * iterations. After the last stage its last level stays until the load's end.
   *
   * @param profile how many users are wanted at each instant
   */
  record Staged(UserProfile profile) implements Population {
    /** Checks the number. */
    public Staged {
      if (profile.maxUsers() < 1 || profile.maxUsers() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("users.stages: never reach 1 user, or too many");
      }
    }

    @Override
    public int most() {
      return Math.toIntExact(profile.maxUsers());
    }

    @Override
    public boolean ends() {
      return profile.stopAfter(0, Long.MAX_VALUE / 2) != UserProfile.NEVER;
    }

    @Override
    public long startAfter(int n, long nanos) {
      return profile.startAfter(n, nanos);
    }

    @Override
    public long stopAfter(int n, long nanos) {
      return profile.stopAfter(n, nanos);
    }
  }
}
