package dev.squall.api.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists of type {@code set} and {@code map}: no element, no key twice. */
final class ListTypes {
  private ListTypes() {}

  static List<Problem> check(JsonNode object, JsonNode schema) {
    List<Problem> problems = new ArrayList<>();
    walk("", object, schema, problems);
    return problems;
  }

  private static void walk(String path, JsonNode value, JsonNode schema, List<Problem> problems) {
    if (value.isArray()) {
      unique(path, value, schema, problems);
    }
    SchemaWalk.eachChild(path, value, schema, (at, child, of) -> walk(at, child, of, problems));
  }

  private static void unique(String path, JsonNode list, JsonNode schema, List<Problem> problems) {
    String type = schema.path("x-kubernetes-list-type").asText();
    if (!type.equals("set") && !type.equals("map")) {
      return;
    }
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode key = type.equals("set") ? list.path(i) : keyOf(list.path(i), schema);
      if (!seen.add(key)) {
        problems.add(new Problem(path + "[" + i + "]", "Duplicate value: " + key));
      }
    }
  }

  private static JsonNode keyOf(JsonNode element, JsonNode schema) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (JsonNode name : schema.path("x-kubernetes-list-map-keys")) {
      key.set(name.asText(), element.path(name.asText()));
    }
    return key;
  }
}
