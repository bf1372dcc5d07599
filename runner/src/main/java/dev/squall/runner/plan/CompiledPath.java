package dev.squall.runner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import org.jspecify.annotations.Nullable;

/** A JSONPath, compiled. Immutable. */
final class CompiledPath {
  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new Bounded())
          .mappingProvider(new JacksonMappingProvider())
          .options(Option.SUPPRESS_EXCEPTIONS)
          .build();

  /**
   * Tells an index beyond the end, as the library expects it; Jackson answers null, which is there.
   */
  private static final class Bounded extends JacksonJsonNodeJsonProvider {
    @Override
    public Object getArrayIndex(Object array, int index) {
      if (index >= length(array)) {
        throw new IndexOutOfBoundsException(index);
      }
      return super.getArrayIndex(array, index);
    }
  }

  private final String text;
  private final JsonPath path;

  CompiledPath(String text) {
    this.text = text;
    this.path = JsonPath.compile(text);
  }

  /** The path as it was written. */
  String text() {
    return text;
  }

  /** The path as the library writes it out, such as {@code $['a'][0]}. */
  String normalized() {
    return path.getPath();
  }

  /** Whether the path leads to one place; else to a list of values, which may be empty. */
  boolean definite() {
    return path.isDefinite();
  }

  /** What the path leads to, {@link MissingNode} if nowhere. */
  JsonNode read(JsonNode document) {
    if (document.isMissingNode()) {
      return document;
    }
    @Nullable Object found = path.read(document, CONFIGURATION);
    return switch (found) {
      case null -> MissingNode.getInstance();
      case JsonNode node -> node;
      // Functions such as length() answer with plain values.
      case Integer number -> com.fasterxml.jackson.databind.node.IntNode.valueOf(number);
      case Long number -> com.fasterxml.jackson.databind.node.LongNode.valueOf(number);
      case Double number -> com.fasterxml.jackson.databind.node.DoubleNode.valueOf(number);
      default -> com.fasterxml.jackson.databind.node.TextNode.valueOf(found.toString());
    };
  }
}
