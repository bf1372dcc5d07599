package dev.squall.runner.engine.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SAMPLES = 20_000;

  private static JsonNode json(Generator generator, Draw draw) {
    Bytes out = new Bytes(4);
    generator.json(draw, 1, out);
    try {
      return JSON.readTree(out.toArray());
    } catch (java.io.IOException e) {
      throw new AssertionError("not JSON: " + out, e);
    }
  }

  private static String text(Generator generator, Draw draw) {
    Bytes out = new Bytes(4);
    generator.text(draw, 1, out);
    return out.toString();
  }

  private static Draw user(long number) {
    return new Draw(42, 20).at(number, 0, 0);
  }

  private static double[] numbers(Generator generator) {
    return IntStream.range(0, SAMPLES)
        .mapToDouble(i -> json(generator, user(i)).asDouble())
        .toArray();
  }

  @Test
  void integersCoverTheirRangeEvenly() {
    int[] counts = new int[49];
    for (double x : numbers(new Integers(29, 77))) {
      counts[(int) x - 29]++;
    }
    assertThat(Arrays.stream(counts).boxed()).allSatisfy(n -> assertThat(n).isBetween(300, 520));
  }

  @Property
  void integersStayInAnyRange(@ForAll long a, @ForAll long b, @ForAll long user) {
    long drawn = Long.parseLong(text(new Integers(Math.min(a, b), Math.max(a, b)), user(user)));
    assertThat(drawn).isBetween(Math.min(a, b), Math.max(a, b));
  }

  @Test
  void uniformNumbersHaveTheirDecimalsAndStayInside() {
    double[] drawn = numbers(Numbers.uniform(0, 6.2, 1));
    assertThat(Arrays.stream(drawn).boxed()).allSatisfy(x -> assertThat(x).isBetween(0.0, 6.2));
    assertThat(IntStream.range(0, 63).filter(i -> contains(drawn, i / 10.0)).count()).isEqualTo(63);
    assertThat(text(Numbers.uniform(-1, -1, 3), user(0))).isEqualTo("-1.000");
  }

  private static boolean contains(double[] all, double value) {
    for (double x : all) {
      if (Math.abs(x - value) < 1e-9) {
        return true;
      }
    }
    return false;
  }

  @Test
  void normalNumbersAreRedrawnIntoTheirBounds() {
    double[] all = numbers(Numbers.normal(100, 10, Double.NEGATIVE_INFINITY, 1e9, 2));
    assertThat(Arrays.stream(all).average().orElseThrow()).isCloseTo(100, within(0.4));
    double[] cut = numbers(Numbers.normal(100, 10, 95, 200, 2));
    assertThat(Arrays.stream(cut).min().orElseThrow()).isGreaterThanOrEqualTo(95);
    // Redrawn, not clamped: no heap of values at the bound.
    assertThat(Arrays.stream(cut).filter(x -> x == 95).count()).isLessThan(100);
    double[] far = numbers(Numbers.normal(0, 1, 50, 60, 0));
    assertThat(far).containsOnly(50);
  }

  @Test
  void exponentialNumbersHaveTheirMean() {
    double[] all = numbers(Numbers.exponential(5, 0, Double.POSITIVE_INFINITY, 3));
    assertThat(Arrays.stream(all).average().orElseThrow()).isCloseTo(5, within(0.2));
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Numbers.uniform(2, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Numbers.uniform(0.1, 0.9, 0))
        .withMessageContaining("no number with 0 decimals lies between 0.1 and 0.9");
  }

  @Test
  void choicesFollowTheirWeights() {
    Choices choices =
        new Choices(
            List.of(
                new Choices.Option(Literal.json("0"), 3),
                new Choices.Option(Literal.json("1"), 0),
                new Choices.Option(Literal.json("2"), 1)));
    double[] drawn = numbers(choices);
    assertThat(Arrays.stream(drawn).filter(x -> x == 0).count()).isBetween(14_600L, 15_400L);
    assertThat(drawn).doesNotContain(1);
  }

  @Test
  void literalsAreTextWithoutQuotesAndJsonWithThem() {
    Literal quote = Literal.string("a \"b\"\n\u0001 ü");
    assertThat(text(quote, user(0))).isEqualTo("a \"b\"\n\u0001 ü");
    assertThat(json(quote, user(0)).textValue()).isEqualTo("a \"b\"\n\u0001 ü");
    assertThat(Literal.json("null").kinds()).containsExactly(Kind.NULL);
    assertThatIllegalArgumentException().isThrownBy(() -> Literal.json("oops"));
  }

  @Property
  void anyStringIsEscapedAsJson(@ForAll @StringLength(max = 50) String any) {
    // Lone surrogates have no UTF-8, so compare what the encoder makes of them.
    String encodable =
        new String(
            any.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(json(Literal.string(any), user(0)).textValue()).isEqualTo(encodable);
  }

  @Test
  void sequencesAreDistinctOverUsersAndIterations() {
    Sequence sequence = new Sequence(1000, 5);
    Set<String> seen = new HashSet<>();
    for (int user = 0; user < 20; user++) {
      for (int iteration = 0; iteration < 30; iteration++) {
        assertThat(seen.add(text(sequence, new Draw(1, 20).at(user, iteration, 0)))).isTrue();
      }
    }
    assertThat(seen).contains("1000", "1005", "" + (1000 + 5 * 599)).hasSize(600);
  }

  @Test
  void uuidsAreOfVersion4AndDistinct() {
    Set<UUID> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      UUID uuid = UUID.fromString(json(new Uuids(), user(i)).textValue());
      assertThat(uuid.version()).isEqualTo(4);
      assertThat(uuid.variant()).isEqualTo(2);
      assertThat(seen.add(uuid)).isTrue();
    }
  }

  @Property
  void timestampsAreTheTimeGiven(
      @ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long millis) {
    Draw draw = user(0).now(millis);
    String text = json(new Timestamps(Timestamps.Format.RFC3339), draw).textValue();
    assertThat(java.time.Instant.parse(text).toEpochMilli()).isEqualTo(millis);
    assertThat(text).hasSize(24);
    assertThat(text(new Timestamps(Timestamps.Format.UNIX_SECONDS), draw))
        .isEqualTo("" + millis / 1000);
    assertThat(text(new Timestamps(Timestamps.Format.UNIX_MILLIS), draw)).isEqualTo("" + millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[a-z0-9]{8}",
        "\\d{3}-\\d{4}",
        "(ab|cd|ef)+x?",
        "a.c",
        "[^\"\\\\]{20}",
        "\\w*",
        "x{2,5}",
        "pat-[A-F]{2}(-(\\d|X){3}){1,2}",
        "\\(\\)\\[\\]\\{\\}\\?\\*\\+\\.\\|",
        "ä[äöü]ß{2}",
        "",
        "(a|)b",
        "[]a]{3}",
        "[a-]{3}",
        "(?:no|yes)!"
      })
  void stringsMatchTheirPattern(String pattern) {
    Strings strings = new Strings(pattern);
    java.util.regex.Pattern regex =
        java.util.regex.Pattern.compile(pattern.replace("[]a]", "[\\]a]"));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String drawn = json(strings, user(i)).textValue();
      assertThat(regex.matcher(drawn).matches()).as(drawn).isTrue();
      seen.add(drawn);
    }
    assertThat(seen.isEmpty()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a{3 ! '}' is missing",
        "a{4,2} ! larger number first",
        "(a ! '(' is not closed",
        "a) ! ')' without '('",
        "[a ! '[' is not closed",
        "*a ! '*' has nothing to apply to",
        "\\q ! \\q is not known",
        "a\\ ! a backslash at the end",
        "[z-a] ! from a lower to a higher",
        "(a{4000}){4000} ! longer than 65536",
        "(?=a) ! only plain groups"
      })
  void wrongPatternsSayWhatIsWrong(String pattern, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Strings(pattern))
        .withMessageContaining(message)
        .withMessageContaining(pattern);
  }

  @Test
  void patternLengthsFollowTheirCounts() {
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      lengths.add(text(new Strings("a*"), user(i)).length());
    }
    assertThat(lengths)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, 16).boxed().toList());
  }

  @Test
  void objectsHoldTheirFieldsInOrderEachDrawnApart() {
    Generator integer = new Integers(0, 1_000_000_000);
    ObjectOf inner = new ObjectOf(List.of(new ObjectOf.Field("a", integer)));
    ObjectOf object =
        new ObjectOf(
            List.of(
                new ObjectOf.Field("a", integer),
                new ObjectOf.Field("b \"quoted\"", integer),
                new ObjectOf.Field("inner", inner),
                new ObjectOf.Field("list", new ArrayOf(integer, 3, 3))));
    JsonNode drawn = json(object, user(1));
    assertThat(drawn.fieldNames())
        .toIterable()
        .containsExactly("a", "b \"quoted\"", "inner", "list");
    Set<Integer> values = new HashSet<>();
    drawn.findValues("a").forEach(v -> values.add(v.intValue()));
    values.add(drawn.get("b \"quoted\"").intValue());
    drawn.get("list").forEach(v -> values.add(v.intValue()));
    assertThat(values).hasSize(6);
    assertThat(json(object, user(1))).isEqualTo(drawn);
  }

  @Property(tries = 100)
  void arraysHaveBetweenMinAndMaxElements(
      @ForAll @IntRange(max = 5) int min, @ForAll @IntRange(max = 5) int more, @ForAll long user) {
    JsonNode drawn = json(new ArrayOf(new Booleans(0.5), min, min + more), user(user));
    assertThat(drawn.size()).isBetween(min, min + more);
  }
}
