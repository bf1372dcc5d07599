package dev.squall.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The offline check answers as the API server and the operator do. */
class ManifestsTest {
  static Stream<WrongManifests.Wrong> wrong() {
    return WrongManifests.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void refusesAtTheFieldAndSaysTheFix(WrongManifests.Wrong wrong) {
    Checked checked = Manifests.check(wrong.yaml()).getFirst();

    assertThat(checked).isInstanceOf(Checked.Refused.class);
    List<Problem> problems = ((Checked.Refused) checked).problems();
    assertThat(problems)
        .as("%s", problems)
        .anyMatch(
            problem ->
                problem.field().equals(wrong.field())
                    && problem.message().contains(wrong.message()));
  }

  @Test
  void acceptsTheManifestThatTheWrongOnesAreMadeFrom() {
    String yaml = new WrongManifests.Wrong("none", WrongManifests.base(), false, "", "").yaml();

    assertThat(Manifests.check(yaml))
        .allSatisfy(c -> assertThat(c).isInstanceOf(Checked.Accepted.class));
  }

  @Test
  void theTableHasAtLeastFortyKinds() {
    assertThat(WrongManifests.all()).hasSizeGreaterThan(40).doesNotHaveDuplicates();
  }
}
