package dev.squall.runner.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PythonReprTest {
  // Each as python3 -c 'print(repr(x))' prints it.
  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "2.0, 2.0",
    "30.0, 30.0",
    "3.485339633536049, 3.485339633536049",
    "0.1, 0.1",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "0.00001234, 1.234e-05",
    "1e15, 1000000000000000.0",
    "123456789012345680, 1.2345678901234568e+17",
    "1e16, 1e+16",
    "1e100, 1e+100",
    "1e22, 1e+22",
    "-12.5, -12.5",
    "1.0E-300, 1e-300",
    "2.0E-3, 0.002",
    "66.05555555555556, 66.05555555555556",
    "100, 100.0"
  })
  void numbersAreTheShortestTextThatReadsBack(double value, String repr) {
    assertThat(PythonRepr.of(value)).isEqualTo(repr);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("plain", "'plain'"),
        // A single quote alone turns to double quotes around it.
        Arguments.of("it's", "\"it's\""),
        // Both kinds: single quotes around, the single one escaped.
        Arguments.of("it's \"so\"", "'it\\'s \"so\"'"),
        Arguments.of("a \"word\"", "'a \"word\"'"),
        Arguments.of("tab\tline\nreturn\r", "'tab\\tline\\nreturn\\r'"),
        Arguments.of("back\\slash", "'back\\\\slash'"),
        Arguments.of("\u0000\u001f\u007f", "'\\x00\\x1f\\x7f'"),
        // Printable beyond ASCII stays; a no-break space, a zero-width space and a private one not.
        Arguments.of("größer 日本 😀", "'größer 日本 😀'"),
        Arguments.of("\u00a0\u200b\ue000", "'\\xa0\\u200b\\ue000'"),
        Arguments.of("\udbff\udfff", "'\\U0010ffff'"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textsAreLiterals(String text, String repr) {
    assertThat(PythonRepr.of(text)).isEqualTo(repr);
  }
}
