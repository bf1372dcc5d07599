package dev.squall.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a field may hold, in words. */
final class FieldBounds {
  /** Longest text by its pattern's name; what no name says well is shown as a pattern. */
  private static final Map<String, String> IN_WORDS =
      Map.ofEntries(
          Map.entry("DURATION", "a duration"),
          Map.entry("DNS_LABEL", "a DNS label"),
          Map.entry("DNS_SUBDOMAIN", "a DNS subdomain"),
          Map.entry("SERVICE_NAME", "a DNS label that starts with a letter"),
          Map.entry("NAME", "one line, no space at its ends"),
          Map.entry("REFERENCE", "letters, digits, `_` and `-`, starting with no digit and no `-`"),
          Map.entry("TAG", "letters, digits, `-`, `_` and `.`"),
          Map.entry("KEY", "letters, digits, `-`, `_` and `.`"),
          Map.entry("HEADER_NAME", "a header's name"),
          Map.entry("PATH", "starts with `/`"),
          Map.entry("RELATIVE_PATH", "a path inside the volume"),
          Map.entry("URL", "an http or https URL without user, query and fragment"),
          Map.entry("BUCKET", "lower-case letters, digits, `-` and `.`"),
          Map.entry("PREFIX", "folders separated by `/`, none at the ends"),
          Map.entry("TIME", "an RFC 3339 time"),
          Map.entry("CONDITION_TYPE", "a condition's name"),
          Map.entry("CONDITION_REASON", "a CamelCase word"));

  private FieldBounds() {}

  static List<String> of(JsonNode field) {
    List<String> bounds = new ArrayList<>();
    if (field.has("enum")) {
      bounds.add(
          field
              .path("enum")
              .valueStream()
              .map(value -> "`" + value.asText() + "`")
              .collect(Collectors.joining(", ")));
    }
    range(field, bounds);
    size(field, "Items", "entries", bounds);
    size(field, "Properties", "entries", bounds);
    String pattern = field.path("pattern").asText("");
    if (!pattern.isEmpty()) {
      bounds.add(inWords(pattern));
    }
    if (!pattern.equals(pattern("DURATION")) && !pattern.equals(pattern("TIME"))) {
      size(field, "Length", "characters", bounds);
    }
    JsonNode inner = field.has("items") ? field.path("items") : field.path("additionalProperties");
    if (inner.isObject() && !inner.has("properties")) {
      of(inner).forEach(bound -> bounds.add("each " + bound));
    }
    return bounds;
  }

  private static void range(JsonNode field, List<String> bounds) {
    JsonNode min = field.path("minimum");
    JsonNode max = field.path("maximum");
    String least =
        field.path("exclusiveMinimum").asBoolean()
            ? "above " + min.asText()
            : "from " + min.asText();
    String most =
        field.path("exclusiveMaximum").asBoolean() ? "below " + max.asText() : "to " + max.asText();
    if (min.isNumber() && max.isNumber()) {
      bounds.add(least + " " + most);
    } else if (min.isNumber()) {
      bounds.add(least);
    } else if (max.isNumber()) {
      bounds.add(most);
    }
  }

  private static void size(JsonNode field, String keyword, String noun, List<String> bounds) {
    JsonNode min = field.path("min" + keyword);
    JsonNode max = field.path("max" + keyword);
    if (min.isNumber() && max.isNumber() && !min.equals(max)) {
      bounds.add(min.asText() + " to " + max.asText() + " " + noun);
    } else if (max.isNumber() && !min.equals(max)) {
      bounds.add("at most " + max.asText() + " " + noun);
    }
  }

  private static String inWords(String pattern) {
    for (Map.Entry<String, String> named : IN_WORDS.entrySet()) {
      if (pattern.equals(pattern(named.getKey()))) {
        return named.getValue();
      }
    }
    return pattern.contains("KMGTPE") ? "a quantity" : "`" + pattern.replace("|", "\\|") + "`";
  }

  /** A pattern of the API by its constant's name; the class is the API's own affair. */
  private static String pattern(String constant) {
    try {
      var field = Class.forName("dev.squall.api.v1alpha1.Patterns").getDeclaredField(constant);
      field.setAccessible(true);
      return (String) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no pattern is named " + constant, e);
    }
  }
}
