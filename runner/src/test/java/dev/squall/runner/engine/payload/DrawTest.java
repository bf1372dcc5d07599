package dev.squall.runner.engine.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawTest {
  private static final int SAMPLES = 200_000;

  /** Each word of the key, counted up alone: the hardest inputs for a hash. */
  enum Word {
    SEED,
    USER,
    ITERATION,
    STEP,
    PLACE,
    INDEX;

    double unit(long n) {
      return switch (this) {
        case SEED -> new Draw(n, 1).at(1, 2, 3).unit(4, 5);
        case USER -> new Draw(42, 1).at(n, 2, 3).unit(4, 5);
        case ITERATION -> new Draw(42, 1).at(1, n, 3).unit(4, 5);
        case STEP -> new Draw(42, 1).at(1, 2, (int) n).unit(4, 5);
        case PLACE -> new Draw(42, 1).at(1, 2, 3).unit(Draw.place("field" + n), 5);
        case INDEX -> new Draw(42, 1).at(1, 2, 3).unit(4, n);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreUniformAlongEachWordOfTheKey(Word word) {
    // 256 cells, 255 degrees of freedom: 255 ± 5 × 22.6.
    assertThat(chiSquare(word::unit)).isBetween(142.0, 368.0);
  }

  @ParameterizedTest
  @EnumSource
  void neighbouringValuesAreIndependent(Word word) {
    // Pairs of neighbours in 16 × 16 cells.
    assertThat(
            chiSquare(
                n -> {
                  int first = (int) (word.unit(2 * n) * 16);
                  int second = (int) (word.unit(2 * n + 1) * 16);
                  return (first * 16 + second) / 256.0;
                }))
        .isBetween(142.0, 368.0);
  }

  @Test
  void userAndIterationDoNotMeet() {
    // Keys whose words add up or combine to the same: no diagonal of equal values.
    Draw draw = new Draw(42, 1);
    for (long i = 1; i < 1000; i++) {
      assertThat(draw.at(i, 0, 0).bits(0, 0)).isNotEqualTo(draw.at(0, i, 0).bits(0, 0));
      assertThat(draw.at(0, i, 0).bits(0, 0)).isNotEqualTo(draw.at(0, 0, (int) i).bits(0, 0));
      assertThat(draw.at(0, 0, 0).bits(i, 0)).isNotEqualTo(draw.at(0, 0, 0).bits(0, i));
    }
  }

  @Test
  void eachBitIsSetHalfOfTheTime() {
    Draw draw = new Draw(1, 1);
    int[] set = new int[64];
    for (int n = 0; n < SAMPLES; n++) {
      long bits = draw.at(n, 0, 0).bits(Draw.TASK, 0);
      for (int b = 0; b < 64; b++) {
        set[b] += (int) (bits >>> b & 1);
      }
    }
    for (int count : set) {
      // 5 standard deviations of a fair coin.
      assertThat(Math.abs(count - SAMPLES / 2)).isLessThan((int) (5 * Math.sqrt(SAMPLES / 4.0)));
    }
  }

  @Test
  void normalAndExponentialHaveTheirMoments() {
    Draw draw = new Draw(3, 1);
    double sum = 0;
    double squares = 0;
    double exponential = 0;
    for (int n = 0; n < SAMPLES; n++) {
      double x = draw.at(n, 0, 0).normal(9, 0);
      sum += x;
      squares += x * x;
      exponential += draw.exponential(10, 0);
    }
    assertThat(sum / SAMPLES).isBetween(-0.012, 0.012);
    assertThat(squares / SAMPLES).isBetween(0.98, 1.02);
    assertThat(exponential / SAMPLES).isBetween(0.988, 1.012);
  }

  @Test
  void drawingDoesNotChangeWhatIsDrawn() {
    Draw draw = new Draw(42, 1).at(3, 4, 5);
    long alone = draw.bits(6, 7);
    draw.bits(1, 1);
    draw.normal(2, 2);
    assertThat(draw.at(9, 9, 9).at(3, 4, 5).bits(6, 7)).isEqualTo(alone);
  }

  /** A value that must never change: a test's requests depend on it. */
  @Test
  void theFunctionIsFixed() {
    assertThat(new Draw(42, 20).at(3, 7, 1).bits(Draw.place("age"), 0))
        .isEqualTo(new Draw(42, 1).at(3, 7, 1).bits(Draw.place("age"), 0));
    assertThat(Draw.place("age")).isEqualTo(PLACE_OF_AGE);
    assertThat(new Draw(42, 20).at(3, 7, 1).bits(PLACE_OF_AGE, 0)).isEqualTo(FIXED_BITS);
  }

  private static final long PLACE_OF_AGE = -3126302732053590213L;
  private static final long FIXED_BITS = 5705509109083948912L;

  private static double chiSquare(LongToDoubleFunction unit) {
    int[] cells = new int[256];
    for (long n = 0; n < SAMPLES; n++) {
      cells[(int) (unit.applyAsDouble(n) * 256)]++;
    }
    double expected = SAMPLES / 256.0;
    double sum = 0;
    for (int cell : cells) {
      sum += (cell - expected) * (cell - expected) / expected;
    }
    return sum;
  }
}
