package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.arrival.ArrivalCursor;
import dev.squall.runner.engine.arrival.ArrivalSchedule;
import dev.squall.runner.engine.arrival.Arrivals;
import dev.squall.runner.engine.arrival.Bounds;
import dev.squall.runner.engine.arrival.Per;
import dev.squall.runner.engine.arrival.RateProfile;
import dev.squall.runner.engine.arrival.RateSchedule;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.SnapshotCodec;
import dev.squall.runner.recording.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The stall proof on a clock that the test moves: a target that answers in 1 ms and freezes for 1 s
 * every 10 s, 2,000 arrivals a second for 30 s. What the engine's own dispatching records equals,
 * bucket for bucket and nanosecond for nanosecond in its sums, the truth that is computed from the
 * schedule by the recursion of a queue with so many servers.
 */
class StallTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final int LOOPS = 2;

  /** The target works on a request for 1 ms, but not while it is frozen. */
  private static long answeredAt(long sent) {
    long begun = awake(sent);
    long phase = begun % (10 * SECOND);
    long rest = phase < 5 * SECOND ? 5 * SECOND - phase : 15 * SECOND - phase;
    return rest > MILLI ? begun + MILLI : begun + MILLI + SECOND;
  }

  /** Frozen from second 5 to 6, 15 to 16, and so on. */
  private static long awake(long nanos) {
    long phase = nanos % (10 * SECOND);
    return phase >= 5 * SECOND && phase < 6 * SECOND ? nanos - phase + 6 * SECOND : nanos;
  }

  private static ArrivalSchedule schedule(boolean poisson, long seed) {
    return RateSchedule.of(
        poisson ? new Arrivals.Poisson(false) : new Arrivals.Regular(),
        RateProfile.constant(2000, Per.SECOND),
        Bounds.duration(30 * SECOND),
        seed);
  }

  /** What is true of all shares together. */
  private static final class Truth {
    final Times response = new Times();
    final Times queueing = new Times();
    long dropped;

    /** Lindley's recursion: arrival j of a share is sent when it is due and j − slots is done. */
    void share(ArrivalSchedule schedule, Dispatch.Part part, Load.Overflow overflow) {
      long[] done = new long[part.slots()];
      int sent = 0;
      ArrivalCursor all = schedule.cursor();
      for (; all.nanos() != ArrivalSchedule.NONE; all.advance()) {
        if (all.index() % part.stride() != part.first()) {
          continue;
        }
        long free = sent < done.length ? Long.MIN_VALUE : done[sent % done.length];
        if (overflow == Load.Overflow.DROP && free > all.nanos()) {
          dropped++;
          continue;
        }
        long at = Math.max(all.nanos(), free);
        done[sent++ % done.length] = answeredAt(at);
        response.record(answeredAt(at) - all.nanos());
        queueing.recordDelay(at - all.nanos());
      }
    }
  }

  private static void proves(
      ArrivalSchedule schedule, int runners, int bound, Load.Overflow overflow) {
    Merged measured = new Merged();
    Truth truth = new Truth();
    for (int runner = 0; runner < runners; runner++) {
      int slots = new Share(runner, runners).users(bound);
      for (int loop = 0; loop < LOOPS; loop++) {
        Dispatch.Part part =
            new Dispatch.Part(
                runner + (long) runners * loop,
                (long) runners * LOOPS,
                new Share(loop, LOOPS).users(slots),
                Long.MAX_VALUE,
                Long.MAX_VALUE);
        var cut = new SimulatedTarget(schedule, part, overflow, StallTest::answeredAt).run();
        measured.add(SnapshotCodec.decode(SnapshotCodec.encode(cut)));
        truth.share(schedule, part, overflow);
      }
    }
    same(measured.total("").responseTime(), truth.response);
    same(measured.total("").queueing(), truth.queueing);
    assertThat(measured.lateness().maxNanos()).isZero();
    long requests = truth.response.count();
    assertThat(measured.loads())
        .containsExactly(
            new LoadCounts("open", false, schedule.count(), requests, 0, truth.dropped, 0));
    assertThat(schedule.count()).isEqualTo(requests + truth.dropped);
  }

  private static void same(Times measured, Times truth) {
    assertThat(measured.histogram()).isEqualTo(truth.histogram());
    assertThat(measured.sumNanos()).isEqualTo(truth.sumNanos());
    assertThat(measured.minNanos()).isEqualTo(truth.minNanos());
    assertThat(measured.maxNanos()).isEqualTo(truth.maxNanos());
  }

  @ParameterizedTest
  @CsvSource({"1, 64", "2, 64", "4, 64", "1, 4000", "2, 4000", "4, 4000"})
  void constantArrivalsAreMeasuredExactly(int runners, int bound) {
    proves(schedule(false, 0), runners, bound, Load.Overflow.WAIT);
    proves(schedule(false, 0), runners, bound, Load.Overflow.DROP);
  }

  @ParameterizedTest
  @CsvSource({"1, 64", "2, 64", "4, 64", "1, 4000", "2, 4000", "4, 4000"})
  void poissonArrivalsAreMeasuredExactlyWithTwentySeeds(int runners, int bound) {
    for (int seed = 1; seed <= 20; seed++) {
      proves(schedule(true, seed), runners, bound, Load.Overflow.WAIT);
    }
    proves(schedule(true, 1), runners, bound, Load.Overflow.DROP);
  }

  @Test
  void aStallOfTheTargetIsQueueingWhereSlotsRunOutAndServiceTimeWhereTheyDoNot() {
    var part64 = new Dispatch.Part(0, 1, 64, Long.MAX_VALUE, Long.MAX_VALUE);
    var part4000 = new Dispatch.Part(0, 1, 4000, Long.MAX_VALUE, Long.MAX_VALUE);
    ArrivalSchedule schedule = schedule(true, 3);
    Merged few = new Merged();
    few.add(new SimulatedTarget(schedule, part64, Load.Overflow.WAIT, StallTest::answeredAt).run());
    Merged many = new Merged();
    many.add(
        new SimulatedTarget(schedule, part4000, Load.Overflow.WAIT, StallTest::answeredAt).run());
    assertThat(few.total("").queueing().percentileMicros(99)).isGreaterThan(850_000);
    assertThat(few.total("").serviceTime().percentileMicros(99)).isLessThan(10_000);
    assertThat(many.total("").queueing().maxNanos()).isZero();
    assertThat(many.total("").serviceTime().percentileMicros(99)).isGreaterThan(850_000);
    for (Merged one : new Merged[] {few, many}) {
      assertThat(one.total("").responseTime().percentileMicros(99)).isBetween(850_000L, 1_001_000L);
      assertThat(one.lateness().maxNanos()).isZero();
    }
  }
}
