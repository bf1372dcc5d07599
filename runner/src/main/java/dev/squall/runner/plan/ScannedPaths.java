package dev.squall.runner.plan;

import dev.squall.runner.engine.json.JsonPaths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The paths of one request that a scan of the bytes can follow: those that lead to one place, by
 * names and indices from the start. They are gathered first, so that one pass serves all of them.
 */
final class ScannedPaths {
  /** Stands for bytes that are not UTF-8, which a scan does not replace. */
  private static final char REPLACEMENT = '\uFFFD';

  /** A path as the library writes it out: anything that might be something else is not matched. */
  private static final Pattern PLAIN =
      Pattern.compile("\\$(?:\\['[^'\"\\[\\]\\\\]*']|\\[[0-9]{1,8}])*");

  private static final Pattern STEP = Pattern.compile("\\['([^'\"\\[\\]\\\\]*)']|\\[([0-9]{1,8})]");

  private final Map<String, Integer> numbers = new HashMap<>();
  private final JsonPaths paths;

  private ScannedPaths(Stream<String> texts) {
    JsonPaths.Builder builder = new JsonPaths.Builder();
    texts
        .map(CompiledPath::new)
        .filter(path -> path.definite() && isPlain(path.normalized()))
        .forEach(path -> numbers.put(path.normalized(), builder.add(steps(path.normalized()))));
    paths = builder.build();
  }

  /** Those that a scan can follow, of all paths that one request's checks and captures have. */
  static ScannedPaths of(Stream<String> texts) {
    return new ScannedPaths(texts);
  }

  /**
   * A place that a path leads to.
   *
   * @param paths all paths of the request
   * @param path number of this path among them
   */
  record Place(JsonPaths paths, int path) {}

  /** Where a path leads, unless a scan cannot follow it. */
  Optional<Place> place(CompiledPath path) {
    return Optional.ofNullable(numbers.get(path.normalized()))
        .map(number -> new Place(paths, number));
  }

  private static boolean isPlain(String normalized) {
    return PLAIN.matcher(normalized).matches() && isScannable(normalized);
  }

  private static List<JsonPaths.Step> steps(String normalized) {
    List<JsonPaths.Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(normalized);
    while (step.find()) {
      String name = step.group(1);
      steps.add(
          name != null
              ? new JsonPaths.Key(name)
              : new JsonPaths.Index(Integer.parseInt(step.group(2))));
    }
    return steps;
  }

  /** Whether a text has one encoding in UTF-8 that no broken bytes are read as. */
  static boolean isScannable(String text) {
    return text.indexOf(REPLACEMENT) < 0
        && text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
