package dev.squall.runner.engine.payload;

import java.util.Set;

/**
 * Counts up: {@code start + step × k} with k = iteration × users + user, where users is the number
 * of users over all runners. So k is distinct for each iteration of each user, does not depend on
 * the number of runners, and without gaps as long as all users have done equally many iterations.
 * All requests of one iteration have the same value.
 *
 * @param start value of user 0's first iteration
 * @param step difference between two values
 */
public record Sequence(long start, long step) implements Generator {
  @Override
  public void text(Draw draw, long place, Bytes out) {
    out.decimal(start + step * (draw.iteration() * draw.users() + draw.user()));
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.NUMBER);
  }
}
