package dev.squall.runner.vitals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.squall.runner.recording.Lag;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VitalsTest {
  private static Vitals vitals(Map<Vital, Long> figures, long... late) {
    Lag lag = new Lag();
    Arrays.stream(late).forEach(lag::record);
    return Vitals.of(figures, lag);
  }

  @Test
  void secondsAddUpAndTheLongestStaysTheLongest() {
    Vitals one =
        vitals(Map.of(Vital.COLLECTING, 3L, Vital.LONGEST_COLLECTION, 2L, Vital.PORTS_HELD, 9L), 5);
    Vitals other = vitals(Map.of(Vital.COLLECTING, 4L, Vital.LONGEST_COLLECTION, 4L), 7_000_000);
    Vitals both = one.plus(other);
    assertThat(both.get(Vital.COLLECTING)).hasValue(7);
    assertThat(both.get(Vital.LONGEST_COLLECTION)).hasValue(4);
    assertThat(both.get(Vital.PORTS_HELD)).hasValue(9);
    assertThat(both.get(Vital.THROTTLED)).isEmpty();
    assertThat(both.lag().beats()).isEqualTo(2);
    assertThat(both.lag().maxNanos()).isEqualTo(7_000_000);
  }

  @Test
  void bytesHoldEverythingAndWhatIsNotAvailableStaysSo() {
    Vitals second =
        vitals(Map.of(Vital.THROTTLED, 0L, Vital.MACHINE, Long.MAX_VALUE - 1), 1, 2_000_000_000L);
    assertThat(Vitals.decode(second.encode())).isEqualTo(second);
    assertThat(Vitals.decode(second.encode()).get(Vital.PRESSURE)).isEmpty();
    assertThat(second.encode()).hasSizeLessThan(80);
  }

  @Test
  void bytesThatAreNotWholeVitalsAreRefused() {
    byte[] whole = Vitals.none().encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> Vitals.decode(part));
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatIllegalArgumentException().isThrownBy(() -> Vitals.decode(longer));
  }

  @Test
  void aCounterThatFellIsNotAvailable() {
    assertThat(vitals(Map.of(Vital.SEGMENTS, -5L)).get(Vital.SEGMENTS)).isEmpty();
  }

  @Test
  void aLagsClassesAreExactAtTheirEnds() {
    Lag lag = new Lag();
    lag.record(0);
    lag.record(10_000_000);
    lag.record(10_000_001);
    lag.record(9_000_000_000L);
    assertThat(lag.laterThan(10_000)).isEqualTo(2);
    assertThat(lag.laterThan(5_000_000)).isEqualTo(1);
    assertThat(lag.percentileMicros(25)).isEqualTo(100);
    assertThat(lag.percentileMicros(50)).isEqualTo(10_000);
    assertThat(lag.percentileMicros(75)).isEqualTo(20_000);
    assertThat(lag.percentileMicros(99)).isEqualTo(9_000_000);
    assertThat(new Lag().percentileMicros(99)).isZero();
    Lag taken = lag.take();
    assertThat(taken.beats()).isEqualTo(4);
    assertThat(lag.beats()).isZero();
  }

  @Test
  void workBesideTheProgramIsNoPause() {
    assertThat(GcPauses.pauses("Copy", "end of minor GC")).isTrue();
    assertThat(GcPauses.pauses("MarkSweepCompact", "end of major GC")).isTrue();
    assertThat(GcPauses.pauses("G1 Young Generation", "end of minor GC")).isTrue();
    assertThat(GcPauses.pauses("G1 Concurrent GC", "end of concurrent GC pause")).isTrue();
    assertThat(GcPauses.pauses("ZGC Minor Cycles", "end of GC cycle")).isFalse();
    assertThat(GcPauses.pauses("ZGC Minor Pauses", "end of GC pause")).isTrue();
    assertThat(GcPauses.pauses("Shenandoah Cycles", "end of GC cycle")).isFalse();
  }
}
