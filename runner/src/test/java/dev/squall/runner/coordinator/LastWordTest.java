package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.TerminationMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastWordTest {
  private final RunProgress progress = new RunProgress(Plans.plan(1, "http://target", ""));

  @ParameterizedTest
  // Plain, of three bytes each, and of six in JSON; the last is a pair of characters.
  @ValueSource(strings = {"x", "界", "\u0001", "😀"})
  void itFitsIntoATerminationMessageWhateverTheTexts(String character) throws IOException {
    progress.judged(
        new Judgement(Verdict.Failed, "ThresholdBroken", character.repeat(10_000)),
        List.of(),
        Instant.parse("2026-11-24T14:51:16Z"));
    byte[] json = LastWord.of(progress.summary());
    assertThat(json.length).isLessThanOrEqualTo(4096);
    TerminationMessage read = new JsonMapper().readValue(json, TerminationMessage.class);
    assertThat(read.verdict()).isEqualTo(Verdict.Failed);
    assertThat(read.message()).startsWith(character).endsWith("…");
    assertThat(read.completionTime()).isEqualTo("2026-11-24T14:51:16Z");
  }

  @Test
  void thereIsNoneBeforeTheVerdict() {
    assertThatThrownBy(() -> LastWord.of(progress.summary()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
