package dev.squall.api.check;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import java.util.Optional;

/** What is wrong with a JSONPath. */
final class JsonPaths {
  private JsonPaths() {}

  static Optional<String> problem(String path) {
    if (!path.startsWith("$")) {
      return Optional.of("not a JSONPath: it starts with $, such as $.diagnosis");
    }
    try {
      JsonPath.compile(path);
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of("not a JSONPath: " + e.getMessage());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The library lets these out for some paths that are cut off.
      return Optional.of("not a JSONPath: it is incomplete");
    }
  }
}
