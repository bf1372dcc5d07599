package dev.squall.api.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Walks an object along its structural schema. */
final class SchemaWalk {
  /** Sees a value of an object, its path and its schema. */
  @FunctionalInterface
  interface Visitor {
    void visit(String path, JsonNode value, JsonNode schema);
  }

  private SchemaWalk() {}

  static Problem unknown(String field) {
    return new Problem(field, "strict decoding error: unknown field \"" + field + "\"");
  }

  /** Finds fields that the schema does not know, as strict decoding does. */
  static void unknownFields(String path, JsonNode value, JsonNode schema, List<Problem> problems) {
    if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      return;
    }
    if (value.isObject() && !schema.has("additionalProperties")) {
      for (String field : (Iterable<String>) value::fieldNames) {
        if (!schema.path("properties").has(field)) {
          problems.add(unknown(path + "." + field));
        }
      }
    }
    eachChild(path, value, schema, (at, child, of) -> unknownFields(at, child, of, problems));
  }

  /** Calls the visitor for each field and element that the schema describes. */
  static void eachChild(String path, JsonNode value, JsonNode schema, Visitor visitor) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        JsonNode own = schema.path("properties").path(field.getKey());
        JsonNode of = own.isMissingNode() ? schema.path("additionalProperties") : own;
        if (of.isObject()) {
          visitor.visit(child(path, field.getKey()), field.getValue(), of);
        }
      }
    } else if (value.isArray() && schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        visitor.visit(path + "[" + i + "]", value.path(i), schema.path("items"));
      }
    }
  }

  static String child(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
