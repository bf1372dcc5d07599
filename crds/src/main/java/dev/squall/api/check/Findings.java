package dev.squall.api.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Problems found so far. */
final class Findings {
  private final List<Problem> problems = new ArrayList<>();

  void add(String field, String message) {
    problems.add(new Problem(field, message));
  }

  List<Problem> all() {
    return List.copyOf(problems);
  }

  /** A regular expression parses. */
  void regex(String field, String expression) {
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      add(
          field,
          "not a regular expression: "
              + e.getDescription()
              + " near character "
              + (Math.max(e.getIndex(), 0) + 1));
    }
  }

  /** A JSONPath parses. */
  void jsonPath(String field, String path) {
    JsonPaths.problem(path).ifPresent(problem -> add(field, problem));
  }
}
