package dev.squall.api.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The value rules of a structural schema, in the API server's words. */
final class SchemaRules {
  /**
   * What the schema says.
   *
   * @param problems in the order of the object
   * @param blocking whether one of them keeps the API server from evaluating CEL rules
   */
  record Result(List<Problem> problems, boolean blocking) {}

  private final List<Problem> problems = new ArrayList<>();
  private boolean blocking;

  private SchemaRules() {}

  static Result check(JsonNode object, JsonNode schema) {
    SchemaRules rules = new SchemaRules();
    rules.value("", object, schema);
    return new Result(rules.problems, rules.blocking);
  }

  private void value(String path, JsonNode value, JsonNode schema) {
    if (value.isNull() && schema.path("nullable").asBoolean()) {
      return;
    }
    if (!hasType(value, schema)) {
      String actual = typeOf(value);
      blocking(
          path,
          invalid("\"" + actual + "\"", path)
              + "must be of type "
              + schema.path("type").asText("integer or string")
              + ": \""
              + actual
              + "\"");
      return;
    }
    if (value.isNumber()) {
      number(path, value, schema);
    } else if (value.isTextual()) {
      string(path, value, schema);
    } else if (value.isArray()) {
      size(path, value.size(), schema, "Items", "items");
    } else if (value.isObject()) {
      object(path, value, schema);
    }
    SchemaWalk.eachChild(path, value, schema, this::value);
  }

  private void number(String path, JsonNode value, JsonNode schema) {
    double number = value.doubleValue();
    JsonNode min = schema.path("minimum");
    JsonNode max = schema.path("maximum");
    boolean aboveMin = schema.path("exclusiveMinimum").asBoolean();
    boolean belowMax = schema.path("exclusiveMaximum").asBoolean();
    if (min.isNumber() && (aboveMin ? number <= min.doubleValue() : number < min.doubleValue())) {
      String than = aboveMin ? "greater than " : "greater than or equal to ";
      problem(path, invalid(value.asText(), path) + "should be " + than + min.asText());
    }
    if (max.isNumber() && (belowMax ? number >= max.doubleValue() : number > max.doubleValue())) {
      String than = belowMax ? "less than " : "less than or equal to ";
      problem(path, invalid(value.asText(), path) + "should be " + than + max.asText());
    }
  }

  private void string(String path, JsonNode value, JsonNode schema) {
    String text = value.textValue();
    int length = text.codePointCount(0, text.length());
    if (schema.has("maxLength") && length > schema.path("maxLength").asInt()) {
      blocking(
          path, "Too long: may not be more than " + schema.path("maxLength").asInt() + " bytes");
    }
    if (schema.has("minLength") && length < schema.path("minLength").asInt()) {
      problem(
          path,
          invalid(value.toString(), path)
              + "should be at least "
              + schema.path("minLength").asInt()
              + " chars long");
    }
    String pattern = schema.path("pattern").asText("");
    if (!pattern.isEmpty() && !Patterns.found(pattern, text)) {
      problem(path, invalid(value.toString(), path) + "should match '" + pattern + "'");
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      String supported =
          schema
              .path("enum")
              .valueStream()
              .map(JsonNode::toString)
              .collect(Collectors.joining(", "));
      blocking(path, "Unsupported value: " + value + ": supported values: " + supported);
    }
  }

  private void object(String path, JsonNode value, JsonNode schema) {
    size(path, value.size(), schema, "Properties", "properties");
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        blocking(SchemaWalk.child(path, required.asText()), "Required value");
      }
    }
    if (schema.has("oneOf")) {
      long matching =
          schema
              .path("oneOf")
              .valueStream()
              .filter(
                  one -> one.path("required").valueStream().allMatch(r -> value.has(r.asText())))
              .count();
      if (matching != 1) {
        problem(
            path,
            "Invalid value: \"\": \""
                + path
                + "\" must validate one and only one schema (oneOf). Found "
                + (matching == 0 ? "none valid" : matching + " valid alternatives"));
      }
    }
  }

  private void size(String path, int size, JsonNode schema, String keyword, String noun) {
    JsonNode min = schema.path("min" + keyword);
    JsonNode max = schema.path("max" + keyword);
    if (max.isNumber() && size > max.asInt()) {
      blocking(path, "Too many: " + size + ": must have at most " + max.asInt() + " items");
    }
    if (min.isNumber() && size < min.asInt()) {
      problem(path, invalid("" + size, path) + "should have at least " + min.asInt() + " " + noun);
    }
  }

  private void problem(String path, String message) {
    problems.add(new Problem(path, message));
  }

  private void blocking(String path, String message) {
    blocking = true;
    problem(path, message);
  }

  private static String invalid(String value, String path) {
    return "Invalid value: " + value + ": " + path + " in body ";
  }

  private static boolean hasType(JsonNode value, JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isIntegralNumber() || value.isTextual();
    }
    return switch (schema.path("type").asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "number" -> value.isNumber();
      case "integer" -> value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
      default -> true;
    };
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "object";
      case ARRAY -> "array";
      case STRING, BINARY -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case NULL, MISSING -> "null";
    };
  }
}
