package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ShareTest {
  @Property
  void everyUserIsOneRunners(
      @ForAll @IntRange(min = 1, max = 40) int runners, @ForAll @IntRange(max = 500) int users) {
    BitSet owned = new BitSet();
    for (int i = 0; i < runners; i++) {
      Share share = new Share(i, runners);
      for (int n = 0; n < share.users(users); n++) {
        int user = share.user(n);
        assertThat(share.owns(user)).isTrue();
        assertThat(owned.get(user)).isFalse();
        owned.set(user);
      }
    }
    assertThat(owned.cardinality()).isEqualTo(users);
    assertThat(owned.length()).isEqualTo(users);
  }

  @Property
  void requestsAreSharedOutExactlyOverUsers(
      @ForAll @IntRange(min = 1, max = 300) int users,
      @ForAll @LongRange(min = 1, max = 100_000) long requests) {
    Load.Closed load = load(users, 1, OptionalLong.of(requests));
    LongStream budgets = IntStream.range(0, users).mapToLong(load::requestsOf);
    var statistics = budgets.summaryStatistics();
    assertThat(statistics.getSum()).isEqualTo(requests);
    assertThat(statistics.getMax() - statistics.getMin()).isLessThanOrEqualTo(1);
  }

  @Test
  void usersAreDueByTheSpawnRate() {
    Load.Closed load = load(20, 5, OptionalLong.of(1));
    assertThat(load.users().startAfter(0, 0)).isZero();
    assertThat(load.users().startAfter(1, 0)).isEqualTo(200_000_000);
    assertThat(load.users().startAfter(19, 0)).isEqualTo(3_800_000_000L);
  }

  @Test
  void aShareOutsideTheRunIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Share(2, 2));
  }

  private static Load.Closed load(int users, double spawnRate, OptionalLong requests) {
    return new Load.Closed(
        Load.Terms.of("load", OptionalLong.empty(), 0),
        new Population.Spawned(users, spawnRate),
        requests,
        OptionalLong.empty());
  }
}
