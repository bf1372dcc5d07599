package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.check.StringPattern;
import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.engine.payload.Strings;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The check of a LoadTest and the engine take the same string patterns. */
class PatternAgreementTest {
  @Property(tries = 20_000)
  void whatTheCheckTakesTheEngineTakes(@ForAll("patterns") String pattern) {
    assertThat(checked(pattern)).as(pattern).isEqualTo(taken(pattern));
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of(
            "a", "b-", "é", " ", "0", "9", "-", "[", "]", "(", ")", "(?:", "|", "{", "}", ",", "2",
            "{2}", "{1,3}", "{3,1}", "{2,}", "{5000}", "*", "+", "?", "^", "$", ".", "\\", "\\d",
            "\\w", "\\s", "\\n", "\\t", "\\q", "\\.", "\\-", "[a-z]", "[^a-c]", "z-a", "a-\\d")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join("", parts));
  }

  private static boolean checked(String pattern) {
    try {
      StringPattern.check(pattern);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean taken(String pattern) {
    try {
      new Strings(pattern).text(new Draw(1, 1), Draw.ROOT, new Bytes(16));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
