package dev.squall.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayFormatTest {
  @ParameterizedTest
  @CsvSource({"0, 0.0", "6667, 6.7", "99949, 99.9", "99950, 100", "1234567, 1235"})
  void rates(long milliPerSecond, String shown) {
    assertThat(DisplayFormat.rate(milliPerSecond)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 µs",
    "850, 850 µs",
    "999, 999 µs",
    "1000, 1.0 ms",
    "9949, 9.9 ms",
    "9950, 10 ms",
    "12345, 12 ms",
    "999499, 999 ms",
    "999500, 1.00 s",
    "1243000, 1.24 s",
    "9995000, 10 s",
    "75000000, 75 s",
    "3600000000, 3600 s"
  })
  void times(long micros, String shown) {
    assertThat(DisplayFormat.time(micros)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0 (0 %)",
    "0, 400, 0 (0 %)",
    "3, 400, 3 (0.8 %)",
    // A failure never reads as none, and one success never as none.
    "1, 100000, 1 (<0.1 %)",
    "999, 1000, 999 (>99 %)",
    "1000, 1000, 1000 (100 %)",
    "120, 325, 120 (37 %)",
    "9, 100, 9 (9.0 %)"
  })
  void failures(long failures, long requests, String shown) {
    assertThat(DisplayFormat.failures(failures, requests)).isEqualTo(shown);
  }
}
