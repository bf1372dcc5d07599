package dev.squall.runner.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private static final List<Interval.Name> NAMES =
      List.of(
          new Interval.Name("predict", "POST"),
          new Interval.Name("predict", "GET"),
          new Interval.Name("never", "GET"));

  private static final List<Interval.LoadName> LOADS =
      List.of(
          new Interval.LoadName("expected", false),
          new Interval.LoadName("before", true),
          new Interval.LoadName("surge", false, true));

  private static final Levels THREE = new Levels(3, 2, 1);

  private static final long SECOND = 1_000_000_000L;

  private static void fill(Interval interval, Random random, int count) {
    for (int i = 0; i < count; i++) {
      long intended = 1000 * SECOND + random.nextInt();
      long sent = intended + random.nextInt(1_000_000);
      // From a microsecond to hours, evenly on a logarithmic scale: some beyond the histogram.
      long done = sent + (long) Math.exp(6 + random.nextDouble() * 24);
      int series = random.nextInt(2);
      int load = random.nextInt(20) == 0 ? 1 : random.nextInt(3) == 0 ? 2 : 0;
      interval.offered(load, 1);
      if (random.nextInt(10) == 0) {
        interval.recordUnsent(load, series, intended, done);
        interval.fail(load, series, FailureKind.CONNECT, "connection refused", i);
      } else {
        interval.record(load, series, intended, sent, done, random.nextInt(2) * 300L, 100);
      }
      if (random.nextInt(4) == 0) {
        interval.firstUnit(load, series, random.nextInt(100_000_000));
        interval.units(load, series, random.nextInt(10_000_000), 1 + random.nextInt(5));
      }
      ConnectionStep[] steps = ConnectionStep.values();
      ConnectionStep step = steps[random.nextInt(steps.length)];
      if (random.nextInt(3) == 0) {
        interval.connections().failed(step);
      } else {
        interval.connections().took(step, random.nextInt(100_000_000));
      }
      ConnectionCounts.Address address =
          interval.connections().address("10.0.0." + random.nextInt(3) + ":80");
      address.opened();
      address.sent();
      address.sent();
      if (random.nextInt(50) == 0) {
        interval.offered(load, 3);
        interval.interrupted(load, 1);
        interval.dropped(load, 2);
        interval.query(load, done - intended);
      }
    }
  }

  private static void assertSame(Times actual, Times expected) {
    assertThat(actual.histogram()).isEqualTo(expected.histogram());
    assertThat(
            List.of(
                actual.count(),
                actual.sumNanos(),
                actual.minNanos(),
                actual.maxNanos(),
                actual.clamped()))
        .containsExactly(
            expected.count(),
            expected.sumNanos(),
            expected.minNanos(),
            expected.maxNanos(),
            expected.clamped());
  }

  @Test
  void severalLoopsAndIntervalsMergeToWhatOneRecorderFedTheSameHolds() {
    Interval whole = new Interval(NAMES, LOADS);
    Interval a = new Interval(NAMES, LOADS);
    Interval b = new Interval(NAMES, LOADS);
    Merged merged = new Merged();
    for (int k = 0; k < 5; k++) {
      fill(a, new Random(k), 500);
      fill(b, new Random(100 + k), 300);
      fill(whole, new Random(k), 500);
      fill(whole, new Random(100 + k), 300);
      Snapshot cut = Interval.snapshot(k, THREE, false, List.of(a, b));
      a.reset();
      b.reset();
      merged.add(SnapshotCodec.decode(SnapshotCodec.encode(cut)));
    }
    Snapshot expected = Interval.snapshot(0, THREE, true, List.of(whole));
    assertThat(merged.requests() + merged.warmUp().requests()).isEqualTo(4000);
    assertThat(merged.requests()).isEqualTo(expected.requests());
    assertThat(merged.warmUp().requests()).isPositive().isEqualTo(expected.warmUp().requests());
    assertThat(merged.loads()).isEqualTo(expected.loads());
    assertThat(merged.loads()).allSatisfy(l -> assertThat(l.outstanding()).isZero());
    assertThat(merged.loads().getFirst().dropped()).isPositive();
    assertSame(merged.lateness(), expected.lateness());
    assertThat(merged.queries()).hasSize(3);
    for (QueryTimes queries : expected.queries()) {
      assertThat(merged.queries())
          .filteredOn(q -> q.load().equals(queries.load()) && q.warmUp() == queries.warmUp())
          .singleElement()
          .satisfies(q -> assertSame(q.times(), queries.times()));
    }
    assertThat(merged.lateness().count()).isEqualTo(merged.requests() - merged.failedRequests());
    assertThat(merged.interrupted()).isEqualTo(expected.interrupted());
    for (ConnectionStep step : ConnectionStep.values()) {
      assertThat(merged.connections().has(step)).isTrue();
      assertSame(merged.connections().times(step), expected.connections().times(step));
      assertThat(merged.connections().failures(step))
          .isEqualTo(expected.connections().failures(step))
          .isPositive();
    }
    assertThat(merged.connections().addresses())
        .hasSize(3)
        .isEqualTo(expected.connections().addresses());
    assertThat(merged.connections().addresses().stream().mapToLong(AddressCount::requests).sum())
        .isEqualTo(8000);
    assertThat(merged.failures()).containsExactlyInAnyOrderElementsOf(expected.failures());
    // Two methods, of the load that is counted apart and of the others.
    assertThat(merged.series()).hasSize(4);
    for (SeriesSnapshot series : expected.series()) {
      SeriesSnapshot same =
          merged.series().stream()
              .filter(s -> s.method().equals(series.method()) && s.load().equals(series.load()))
              .findFirst()
              .orElseThrow();
      assertSame(same.responseTime(), series.responseTime());
      assertSame(same.serviceTime(), series.serviceTime());
      assertSame(same.queueing(), series.queueing());
      assertSame(same.stream().first(), series.stream().first());
      assertSame(same.stream().between(), series.stream().between());
      assertThat(same.stream().units()).isEqualTo(series.stream().units()).isPositive();
      assertThat(same.queueing().clamped()).isZero();
      assertThat(same.requests()).isEqualTo(series.requests());
      assertThat(same.failures()).isEqualTo(series.failures());
      assertThat(same.contentBytes()).isEqualTo(series.contentBytes());
      assertThat(same.serviceTime().count()).isEqualTo(series.requests() - series.failures());
      assertThat(same.responseTime().clamped()).isPositive();
    }
    Merged twice = new Merged();
    twice.add(merged);
    assertSame(twice.total("").responseTime(), merged.total("").responseTime());
  }

  @Test
  void aLoadThatIsCountedApartIsPartOfTheResultAllTheSame() {
    Interval apart = new Interval(NAMES, LOADS);
    Interval together =
        new Interval(
            NAMES, LOADS.stream().map(l -> new Interval.LoadName(l.load(), l.warmUp())).toList());
    fill(apart, new Random(1), 2000);
    fill(together, new Random(1), 2000);
    Snapshot cut = Interval.snapshot(1, THREE, false, List.of(apart));
    Snapshot expected = Interval.snapshot(1, THREE, false, List.of(together));
    Snapshot merged = cut.ofAllLoads();
    assertThat(cut.series()).extracting(SeriesSnapshot::load).contains("", "surge");
    assertThat(merged.series()).hasSize(2).allSatisfy(s -> assertThat(s.load()).isEmpty());
    for (SeriesSnapshot series : expected.series()) {
      SeriesSnapshot same =
          merged.series().stream()
              .filter(s -> s.method().equals(series.method()))
              .findFirst()
              .orElseThrow();
      assertThat(same.requests()).isEqualTo(series.requests());
      assertThat(same.failures()).isEqualTo(series.failures());
      assertSame(same.responseTime(), series.responseTime());
      assertSame(same.stream().between(), series.stream().between());
    }
    assertThat(merged.failures()).containsExactlyInAnyOrderElementsOf(expected.failures());
    assertThat(merged.loads()).isEqualTo(expected.loads());
    assertSame(merged.lateness(), expected.lateness());
    // What it costs on the way to the coordinator: its name, and buckets that two series share.
    assertThat(SnapshotCodec.encode(cut).length)
        .isLessThan(SnapshotCodec.encode(expected).length * 5 / 4);
    assertThat(expected.ofAllLoads()).isSameAs(expected);
    apart.reset();
    assertThat(Interval.snapshot(2, THREE, false, List.of(apart)).series()).isEmpty();
  }

  @Test
  void percentilesAreWithinOneInAThousandOfTheTruth() {
    Times times = new Times();
    List<Long> all = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long nanos = (long) Math.exp(8 + random.nextDouble() * 16);
      all.add(nanos);
      times.record(nanos);
    }
    Collections.sort(all);
    for (double p : new double[] {1, 50, 90, 95, 99, 99.9, 100}) {
      long truth = all.get((int) Math.ceil(p * all.size() / 100 - 1e-6) - 1) / 1000;
      assertThat((double) times.percentileMicros(p))
          .isBetween(truth * 0.999 - 1, truth * 1.001 + 1);
    }
    assertThat(times.percentileMicros(100)).isEqualTo((times.maxNanos() + 500) / 1000);
    assertThat(new Times().percentileMicros(50)).isZero();
    assertThat(new Times().minNanos()).isZero();
  }

  @Test
  void aSnapshotComesBackAsItWas() {
    Interval interval = new Interval(NAMES, LOADS);
    interval.record(0, 0, 0, 5, 7_654_321, 0, 12);
    interval.fail(
        0, 0, FailureKind.EXPECTATION, "$.diagnosis: not one of [\"ü\"]", 1_700_000_000_123L);
    interval.firstAnswer(new FirstAnswer(7, 8));
    Snapshot snapshot = Interval.snapshot(77, new Levels(20, 7, 9), true, List.of(interval));
    Snapshot back = SnapshotCodec.decode(SnapshotCodec.encode(snapshot));
    assertThat(back.interval()).isEqualTo(77);
    assertThat(back.levels()).isEqualTo(new Levels(20, 7, 9));
    assertThat(back.firstAnswer()).contains(new FirstAnswer(7, 8));
    assertThat(back.last()).isTrue();
    assertThat(back.failures()).isEqualTo(snapshot.failures());
    assertSame(
        back.series().getFirst().responseTime(), snapshot.series().getFirst().responseTime());
  }

  @Test
  void anythingButAWholeSnapshotIsRefused() {
    Interval interval = new Interval(NAMES, LOADS);
    fill(interval, new Random(3), 50);
    byte[] bytes = SnapshotCodec.encode(Interval.snapshot(1, THREE, false, List.of(interval)));
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatIllegalArgumentException().isThrownBy(() -> SnapshotCodec.decode(part));
    }
    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatIllegalArgumentException().isThrownBy(() -> SnapshotCodec.decode(more));
    bytes[0] = 9;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SnapshotCodec.decode(bytes))
        .withMessageContaining("snapshot of version 9");
  }

  @Test
  void anEncodedIntervalIsSmall() {
    Interval interval = new Interval(NAMES, LOADS);
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      interval.record(0, 0, 0, 0, 1_000_000 + random.nextInt(100_000_000), 0, 1);
    }
    assertThat(SnapshotCodec.encode(Interval.snapshot(1, THREE, false, List.of(interval))))
        .hasSizeLessThan(800);
  }

  @Test
  void aSeriesWithoutACompletedRequestHasTheUnitsThatCame() {
    Interval interval = new Interval(NAMES, LOADS);
    interval.firstUnit(0, 1, 5_000_000);
    Snapshot back =
        SnapshotCodec.decode(
            SnapshotCodec.encode(Interval.snapshot(1, THREE, false, List.of(interval))));
    assertThat(back.requests()).isZero();
    assertThat(back.series())
        .singleElement()
        .satisfies(
            series -> {
              assertThat(series.name()).isEqualTo("predict");
              assertThat(series.stream().units()).isEqualTo(1);
            });
    interval.reset();
    assertThat(Interval.snapshot(2, THREE, false, List.of(interval)).series()).isEmpty();
  }

  @Test
  void addressesThatVaryWithoutEndAreCountedTogether() {
    ConnectionCounts counts = new ConnectionCounts();
    for (int i = 0; i < 1000; i++) {
      counts.address("10.0.%d.%d:80".formatted(i / 250, i % 250)).sent();
    }
    assertThat(counts.addresses()).hasSize(ConnectionCounts.MOST_ADDRESSES + 1);
    assertThat(counts.addresses().stream().mapToLong(AddressCount::requests).sum()).isEqualTo(1000);
    counts.reset();
    assertThat(counts.addresses()).isEmpty();
  }

  @Test
  void reasonsThatVaryWithoutEndAreCountedTogether() {
    Interval interval = new Interval(NAMES, LOADS);
    for (int i = 0; i < 1000; i++) {
      interval.record(0, 0, 0, 0, 1, 0, 1);
      interval.fail(0, 0, FailureKind.EXPECTATION, "reason " + i, i);
    }
    Snapshot snapshot = Interval.snapshot(0, THREE, false, List.of(interval));
    assertThat(snapshot.failures()).hasSize(SeriesRow.MAX_REASONS + 1);
    assertThat(snapshot.failures().stream().mapToLong(FailureCount::count).sum()).isEqualTo(1000);
    assertThat(snapshot.failures())
        .filteredOn(f -> f.reason().equals(SeriesRow.OTHER_REASONS))
        .singleElement()
        .satisfies(f -> assertThat(f.lastSeenEpochMillis()).isEqualTo(999));
  }

  @Test
  void nothingStaysAfterAReset() {
    Interval interval = new Interval(NAMES, LOADS);
    fill(interval, new Random(3), 50);
    interval.reset();
    Snapshot empty = Interval.snapshot(0, Levels.NONE, false, List.of(interval));
    assertThat(empty.series()).isEmpty();
    assertThat(empty.failures()).isEmpty();
    assertThat(empty.interrupted()).isZero();
  }
}
