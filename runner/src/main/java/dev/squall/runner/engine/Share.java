package dev.squall.runner.engine;

/**
 * A runner's part of a run: the users u (global, from 0) with u mod count = index.
 *
 * @param index number of the runner, from 0
 * @param count number of runners
 */
public record Share(int index, int count) {
  /** Checks the range. */
  public Share {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "share %d of %d: the index must be 0 to count - 1".formatted(index, count));
    }
  }

  /** All of a run on one runner. */
  public static Share whole() {
    return new Share(0, 1);
  }

  /** How many of so many users are this runner's. */
  public int users(int total) {
    return total / count + (index < total % count ? 1 : 0);
  }

  /** Whether a user, by its global number, is this runner's. */
  public boolean owns(int user) {
    return user % count == index;
  }

  /** Global number of this runner's n-th user (from 0). */
  public int user(int n) {
    return index + n * count;
  }
}
