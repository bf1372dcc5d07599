package dev.squall.runner.engine.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every schedule, whatever its process, profile, bounds and seed. */
class SharedScheduleTest {
  private static final int MOST = 3000;

  @Property(tries = 150, seed = "1")
  void mergedSharesEqualTheWhole(
      @ForAll("schedules") ArrivalSchedule schedule,
      @ForAll @IntRange(min = 1, max = 9) int runners) {
    long[] whole = instants(schedule);
    for (int runner = 0; runner < runners; runner++) {
      ArrivalCursor share = schedule.cursor(runner, runners);
      for (int index = runner; index < whole.length; index += runners) {
        assertThat(share.index()).isEqualTo(index);
        assertThat(share.nanos()).isEqualTo(whole[index]);
        share.advance();
      }
      if (whole.length < MOST) {
        assertThat(share.nanos()).isEqualTo(ArrivalSchedule.NONE);
      }
    }
  }

  @Property(tries = 150, seed = "2")
  void instantsNeverGoBackAndStayWithinTheEnd(@ForAll("schedules") ArrivalSchedule schedule) {
    long before = 0;
    for (long instant : instants(schedule)) {
      assertThat(instant).isGreaterThanOrEqualTo(before);
      before = instant;
    }
    assertThat(before).isLessThanOrEqualTo(schedule.endNanos());
  }

  @Property(tries = 150, seed = "3")
  void seekingFindsWhatWalkingFinds(
      @ForAll("schedules") ArrivalSchedule schedule,
      @ForAll int[] anyTargets,
      @ForAll @IntRange(min = 1, max = 5) int stride) {
    long[] whole = instants(schedule);
    ArrivalCursor cursor = schedule.cursor(stride - 1, stride);
    for (int any : anyTargets) {
      int target = Math.floorMod(any, MOST);
      int next = stride - 1;
      while (next < target) {
        next += stride;
      }
      if (next < whole.length) {
        cursor.seekIndex(target);
        assertThat(cursor.index()).isEqualTo(next);
        assertThat(cursor.nanos()).isEqualTo(whole[next]);
      }
      if (target < whole.length) {
        cursor.seekNanos(whole[target]);
        int first = target;
        while (first > 0 && whole[first - 1] == whole[target]) {
          first--;
        }
        int expected = stride - 1;
        while (expected < first) {
          expected += stride;
        }
        assertThat(cursor.index()).isEqualTo(expected);
        cursor.seekNanos(whole[target] + 1);
        assertThat(cursor.nanos()).isGreaterThan(whole[target]);
      }
    }
  }

  private static long[] instants(ArrivalSchedule schedule) {
    long[] instants = new long[(int) Math.min(MOST, schedule.count())];
    ArrivalCursor cursor = schedule.cursor();
    for (int i = 0; i < instants.length; i++) {
      assertThat(cursor.index()).isEqualTo(i);
      instants[i] = cursor.nanos();
      cursor.advance();
    }
    return instants;
  }

  @Provide
  Arbitrary<ArrivalSchedule> schedules() {
    Arbitrary<Arrivals> processes =
        Arbitraries.oneOf(
            Arbitraries.just(new Arrivals.Regular()),
            Arbitraries.of(true, false).map(Arrivals.Poisson::new),
            Combinators.combine(
                    Arbitraries.of(0.02, 0.3, 1.0, 4.0, 300.0), Arbitraries.of(true, false))
                .as(Arrivals.Gamma::new));
    Arbitrary<Long> durations = Arbitraries.longs().between(1, 20_000_000_000L);
    Arbitrary<Double> rates = Arbitraries.doubles().between(0, 500).ofScale(2);
    Arbitrary<Double> above = Arbitraries.doubles().between(0.01, 500).ofScale(2);
    Arbitrary<Stage> stages =
        Arbitraries.oneOf(
            durations.map(Stage.Hold::new),
            Combinators.combine(rates, durations).as(Stage.Step::new),
            Combinators.combine(rates, durations).as(Stage.Ramp::new),
            Combinators.combine(rates, Arbitraries.integers().between(1, 7), durations)
                .as((level, steps, time) -> new Stage.Stairs(level, steps, time + 7)),
            Combinators.combine(rates, durations, durations, durations).as(Stage.Spike::new),
            Combinators.combine(above, Arbitraries.of(0.0, 0.5, 1.0), durations, durations)
                .as((mean, part, period, time) -> new Stage.Sine(mean, mean * part, period, time)));
    Arbitrary<LoadProfile> profiles =
        Combinators.combine(above, above, durations, stages.list().ofMaxSize(5))
            .as(
                (initial, target, time, more) -> {
                  List<Stage> all = new ArrayList<>();
                  all.add(new Stage.ExponentialRamp(target, time));
                  all.addAll(more);
                  return LoadProfile.of(initial, all);
                });
    return Combinators.combine(
            processes, profiles, Arbitraries.of(Per.class), durations, Arbitraries.longs())
        .as(
            (process, profile, per, duration, seed) ->
                RateSchedule.of(
                    process, new RateProfile(profile, per), Bounds.duration(duration), seed));
  }
}
