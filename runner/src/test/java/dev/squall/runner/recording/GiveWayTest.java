package dev.squall.runner.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GiveWayTest {
  private static final long SLICE_NANOS = 3_000_000;

  /** Of a clock that has run for a while. */
  private long now = -1_000_000_000;

  private int given;

  /** Whoever is given the CPU keeps it for a slice. */
  private final GiveWay way =
      new GiveWay(
          () -> now,
          () -> {
            given++;
            now += SLICE_NANOS;
          });

  private void workFor(long nanos) {
    now += nanos;
    way.look();
  }

  @Test
  void theCpuIsGivenUpOnceAPieceIsOverAndNotBefore() {
    workFor(GiveWay.PIECE_NANOS - 1);
    assertThat(given).isZero();
    workFor(1);
    assertThat(given).isEqualTo(1);
  }

  @Test
  void theNextPieceBeginsWhenTheCpuIsGivenBack() {
    workFor(GiveWay.PIECE_NANOS);
    workFor(GiveWay.PIECE_NANOS - 1);
    assertThat(given).as("what the others took is no part of the piece").isEqualTo(1);
    workFor(1);
    assertThat(given).isEqualTo(2);
  }

  @Test
  void workInSmallStepsGivesWayOnceAPiece() {
    long step = 1_000;
    long pieces = 50;
    for (long worked = 0; worked < pieces * GiveWay.PIECE_NANOS; worked += step) {
      workFor(step);
    }
    assertThat(given).isEqualTo(pieces);
  }
}
