package dev.squall.api.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "500ms, PT0.5S",
    "60s, PT1M",
    "1m30s, PT1M30S",
    "1.5h, PT1H30M",
    "0.001ms, PT0.000001S",
    // Go adds the parts up in any order, and so do we.
    "30s1m, PT1M30S",
    "999999h, PT999999H"
  })
  void aDurationIsTheSumOfItsParts(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "60", "1 m", "-1s", "1d", "1m30", "PT1M", "1.s", "1000000s"})
  void anythingElseIsRefusedWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessageContaining("such as 1m30s");
  }
}
