package dev.squall.runner.engine.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserProfileTest {
  private static final long SECOND = 1_000_000_000L;

  private static UserProfile users(double initial, Stage... stages) {
    return new UserProfile(LoadProfile.of(initial, List.of(stages)));
  }

  @Test
  void aRampFromNothingIsTheSpawnRate() {
    // 20 users at 5 a second, the seed's load: user u starts at u / 5 s.
    UserProfile profile = users(0, new Stage.Ramp(20, 4 * SECOND), new Stage.Hold(56 * SECOND));
    assertThat(profile.maxUsers()).isEqualTo(20);
    for (int user = 0; user < 20; user++) {
      assertThat(profile.start(user)).isEqualTo(user * SECOND / 5);
      assertThat(profile.stopAfter(user, profile.start(user))).isEqualTo(UserProfile.NEVER);
    }
    assertThat(profile.start(20)).isEqualTo(UserProfile.NEVER);
    assertThat(profile.users(0)).isEqualTo(1);
    assertThat(profile.users(SECOND / 5 - 1)).isEqualTo(1);
    assertThat(profile.users(SECOND / 5)).isEqualTo(2);
    assertThat(profile.users(100 * SECOND)).isEqualTo(20);
  }

  @Test
  void aRampDownStopsTheHighestNumbersFirst() {
    UserProfile profile = users(10, new Stage.Hold(SECOND), new Stage.Ramp(0, 10 * SECOND));
    assertThat(profile.start(9)).isZero();
    assertThat(profile.stopAfter(9, 0)).isEqualTo(2 * SECOND);
    assertThat(profile.stopAfter(0, 0)).isEqualTo(11 * SECOND);
    assertThat(profile.users(2 * SECOND)).isEqualTo(9);
    assertThat(profile.users(2 * SECOND - 1)).isEqualTo(10);
    assertThat(profile.users(11 * SECOND)).isZero();
    assertThat(profile.startAfter(0, 11 * SECOND)).isEqualTo(UserProfile.NEVER);
  }

  @Test
  void aSpikeBringsUsersAndTakesThemAway() {
    UserProfile profile =
        users(2, new Stage.Hold(SECOND), new Stage.Spike(6, 4 * SECOND, SECOND, 2 * SECOND));
    assertThat(profile.start(4)).isEqualTo(3 * SECOND);
    assertThat(profile.stopAfter(4, 3 * SECOND)).isEqualTo(7 * SECOND);
    assertThat(profile.start(1)).isZero();
    assertThat(profile.stopAfter(1, 0)).isEqualTo(UserProfile.NEVER);
  }

  @Test
  void aSineBringsAUserBackInEachPeriod() {
    // 10 + 10 sin: above 15 from a 12th to five 12ths of each period.
    UserProfile profile = users(0, new Stage.Sine(10, 10, 12 * SECOND, 36 * SECOND));
    List<Long> instants = intervals(profile, 15);
    assertThat(instants)
        .containsExactly(SECOND, 5 * SECOND, 13 * SECOND, 17 * SECOND, 25 * SECOND, 29 * SECOND);
    assertThat(profile.maxUsers()).isEqualTo(20);
  }

  @Test
  void stairsAndStepsJump() {
    UserProfile profile =
        users(0, new Stage.Stairs(9, 3, 30 * SECOND), new Stage.Step(1, 10 * SECOND));
    assertThat(intervals(profile, 0)).containsExactly(0L, UserProfile.NEVER);
    assertThat(intervals(profile, 2)).containsExactly(0L, 30 * SECOND);
    assertThat(intervals(profile, 3)).containsExactly(10 * SECOND, 30 * SECOND);
    assertThat(intervals(profile, 8)).containsExactly(20 * SECOND, 30 * SECOND);
  }

  @Test
  void anExponentialRampStartsUsersByAConstantFactor() {
    UserProfile profile = users(1, new Stage.ExponentialRamp(1024, 10 * SECOND));
    for (int doubling = 0; doubling < 10; doubling++) {
      assertThat(profile.start(1L << doubling)).isEqualTo(doubling * SECOND);
    }
  }

  @Test
  void usersWantedAtAnInstantAreTheUsersWhoseIntervalHoldsIt() {
    UserProfile profile =
        users(
            3,
            new Stage.Ramp(17.5, 7 * SECOND),
            new Stage.ExponentialRamp(2.25, 5 * SECOND),
            new Stage.Sine(20, 18, 3 * SECOND, 10 * SECOND),
            new Stage.Spike(40, SECOND, 0, SECOND),
            new Stage.Stairs(5, 4, 5 * SECOND));
    List<List<Long>> intervals = new ArrayList<>();
    for (long user = 0; user < profile.maxUsers(); user++) {
      intervals.add(intervals(profile, user));
    }
    for (long nanos = 0; nanos < 35 * SECOND; nanos += 7_654_321) {
      long wanted = 0;
      for (List<Long> of : intervals) {
        for (int i = 0; i < of.size(); i += 2) {
          wanted += of.get(i) <= nanos && nanos < of.get(i + 1) ? 1 : 0;
        }
      }
      assertThat(profile.users(nanos)).as("at %d", nanos).isEqualTo(wanted);
    }
  }

  /** Starts and stops in turn; a last stop that never comes is in the list. */
  private static List<Long> intervals(UserProfile profile, long user) {
    List<Long> instants = new ArrayList<>();
    long start = profile.start(user);
    while (start != UserProfile.NEVER) {
      long stop = profile.stopAfter(user, start);
      assertThat(stop).isGreaterThan(start);
      instants.add(start);
      instants.add(stop);
      start = stop == UserProfile.NEVER ? stop : profile.startAfter(user, stop);
    }
    return instants;
  }

  @Test
  void aProfileThatCannotBeNamesTheStageAndTheFix() {
    assertThatThrownBy(() -> users(0, new Stage.ExponentialRamp(10, SECOND)))
        .hasMessageContaining("stages[0]")
        .hasMessageContaining("cannot begin at 0");
    assertThatThrownBy(() -> new Stage.Ramp(-1, SECOND)).hasMessageContaining("ramp.target: is -1");
    assertThatThrownBy(() -> new Stage.Ramp(1, 0)).hasMessageContaining("ramp.duration");
    assertThatThrownBy(() -> new Stage.Sine(5, 6, SECOND, SECOND))
        .hasMessageContaining("sine.amplitude");
    assertThatThrownBy(() -> new Stage.Step(Double.NaN, SECOND)).hasMessageContaining("step.level");
  }
}
