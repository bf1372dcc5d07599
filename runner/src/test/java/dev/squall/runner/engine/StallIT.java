package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.SeriesSnapshot;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The stall proof on loopback, with one freeze; with the property {@code squall.stall.full} at its
 * full length: 30 s, and a freeze every 10.
 */
@Timeout(600)
class StallIT {
  private static final long TOLERANCE_MICROS = 2_000;

  /** Most that the machine's own doing excuses: a quarter of the stall. */
  private static final long MOST_NOISE_MICROS = 250_000;

  private static final boolean FULL = Boolean.getBoolean("squall.stall.full");
  private static final int SECONDS = FULL ? 30 : 4;
  private static final int[] FREEZES = FULL ? new int[] {5, 15, 25} : new int[] {2};

  @BeforeAll
  static void compiles() throws Exception {
    StallProof.run(StallProof.schedule(true, 2), 64);
  }

  @ParameterizedTest
  @CsvSource({"true, 64", "false, 64", "true, 4000"})
  void percentilesAreTheTargetsOwnAndTheStallIsNotLateness(boolean poisson, int bound)
      throws Exception {
    Again.ifSpoiled(() -> stalls(poisson, bound));
  }

  private static void stalls(boolean poisson, int bound) throws Exception {
    StallProof proof = StallProof.run(StallProof.schedule(poisson, SECONDS), bound, FREEZES);
    long offered = proof.schedule().count();
    SeriesSnapshot total = proof.measured().total("");

    if (FULL) {
      System.out.println("bound " + bound + ", " + proof.table());
    }
    assertThat(proof.measured().loads())
        .containsExactly(new LoadCounts("open", false, offered, offered, 0, 0, 0));
    assertThat(proof.served()).isEqualTo((int) offered);
    assertThat(proof.connections()).isEqualTo(bound);
    assertThat(total.responseTime().sumNanos())
        .isEqualTo(
            total.queueing().sumNanos()
                + proof.measured().lateness().sumNanos()
                + total.serviceTime().sumNanos());

    long kept = Math.max(proof.keptNanos(), proof.measured().lateness().maxNanos());
    long noise = Math.min(MOST_NOISE_MICROS, kept / 1000);
    assertThat(proof.truth().percentileMicros(99)).isGreaterThan(850_000);
    for (double p : StallProof.PERCENTILES) {
      assertThat(total.responseTime().percentileMicros(p))
          .as("p%s of%n%s", p, proof.table())
          .isCloseTo(proof.truth().percentileMicros(p), Offset.offset(TOLERANCE_MICROS + noise));
    }
    if (bound == 64) {
      assertThat(total.queueing().percentileMicros(99)).isGreaterThan(700_000);
    } else {
      assertThat(total.serviceTime().percentileMicros(99)).isGreaterThan(700_000);
    }
    assertThat(proof.measured().lateness().percentileMicros(50))
        .as(proof.table())
        .isLessThan(TOLERANCE_MICROS + noise);
    assertThat(proof.measured().lateness().percentileMicros(99))
        .as(proof.table())
        .isLessThan(MOST_NOISE_MICROS);
  }
}
