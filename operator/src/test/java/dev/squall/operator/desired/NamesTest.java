package dev.squall.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final String FORTY = "a-name-of-forty-characters-is-the-longes";

  @Test
  void aRunIsNamedAfterLoadTestGenerationAndUid() {
    assertThat(Names.run("heart", "uid-1", 3)).matches("heart-3-[a-z0-9]{5}");
    assertThat(Names.run("heart", "uid-1", 3)).isEqualTo(Names.run("heart", "uid-1", 3));
  }

  @Test
  void aRecreatedLoadTestMeetsNoOldRun() {
    assertThat(Names.run("heart", "uid-1", 1)).isNotEqualTo(Names.run("heart", "uid-2", 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 9_999, 100_000, 9_007_199_254_740_991L})
  void aRunOfTheLongestLoadTestKeepsWithinItsBound(long generation) {
    assertThat(FORTY).hasSize(40);
    assertThat(Names.run(FORTY, "uid", generation)).hasSizeLessThanOrEqualTo(51);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heart-1-abcde",
        "1-digit-in-front",
        "a-run-of-fifty-one-characters-is-the-longest-of-all",
        "1-run-of-fifty-one-characters-that-begins-by-number",
        "fifty-characters-and-a-hyphen-where-it-is-cut-----a",
      })
  void everyDerivedNameIsADnsLabelThatBeginsWithALetter(String run) {
    assertThat(run).hasSizeLessThanOrEqualTo(51);
    List<String> names =
        List.of(
            Names.runnerJob(run) + "-999",
            Names.runnerService(run),
            Names.coordinatorJob(run),
            Names.coordinatorService(run),
            Names.networkPolicy(run),
            Names.plan(run, "uid"),
            Names.token(run, "uid"));

    assertThat(names).allMatch(n -> n.matches("[a-z]([-a-z0-9]*[a-z0-9])?") && n.length() <= 63);
  }

  @Test
  void runsOfNamesThatAreCutStayApart() {
    String one = "a-run-of-fifty-one-characters-is-the-longest-of-all";
    String other = "a-run-of-fifty-one-characters-is-the-longest-of-alf";

    assertThat(Stream.of(one, other).map(Names::runnerJob).distinct()).hasSize(2);
  }

  @Test
  void planAndTokenOfARecreatedRunAreNew() {
    assertThat(Names.plan("run", "uid-1")).isNotEqualTo(Names.plan("run", "uid-2"));
    assertThat(Names.token("run", "uid-1")).isNotEqualTo(Names.token("run", "uid-2"));
  }
}
