package dev.squall.api.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/** Defaults of a structural schema. */
final class Defaults {
  private Defaults() {}

  /** Removes nulls that mean absence and fills in the defaults, as the API server does. */
  static void fill(JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode object) {
      JsonNode properties = schema.path("properties");
      for (Map.Entry<String, JsonNode> property : properties.properties()) {
        fillProperty(object, property.getKey(), property.getValue());
      }
      JsonNode others = schema.path("additionalProperties");
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        JsonNode own = properties.path(field.getKey());
        fill(field.getValue(), own.isMissingNode() ? others : own);
      }
    } else if (value.isArray()) {
      Iterator<JsonNode> elements = value.elements();
      while (elements.hasNext()) {
        fill(elements.next(), schema.path("items"));
      }
    }
  }

  private static void fillProperty(ObjectNode object, String name, JsonNode schema) {
    JsonNode value = object.path(name);
    if (value.isNull() && !schema.path("nullable").asBoolean()) {
      object.remove(name);
      value = object.path(name);
    }
    if (value.isMissingNode() && schema.has("default")) {
      object.set(name, schema.path("default").deepCopy());
    }
  }
}
