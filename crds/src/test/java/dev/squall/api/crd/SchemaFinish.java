package dev.squall.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds to a generated CRD what the generator's annotations cannot say. */
final class SchemaFinish {
  /** A quantity as the API server's own types describe it. */
  private static final String QUANTITY =
      "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))"
          + "(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

  private static final List<String> BOUNDS =
      List.of("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems");

  /** Lists whose elements have a name that may repeat: two expectations on one header. */
  private static final Set<String> REPEATABLE = Set.of("headers");

  /** Lists in a status: their order is what they say, and nobody merges them. */
  private static final Set<String> ORDERED = Set.of("tasks", "thresholds", "files", "runs");

  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "LoadTest",
          "A load test: what to test, with which load, and what must hold. Each change of what is"
              + " run starts a LoadTestRun; the newest run's answer stands in the status.",
          "LoadTest.spec",
          "What to test: target, load, scenarios, thresholds, and where the results go.",
          "LoadTestRun.spec",
          "What is run: the LoadTest, and its spec as it was.",
          "LoadTestRun",
          "One execution of a LoadTest, with the spec frozen in it. Create one that names a"
              + " LoadTest in spec.loadTest to run it once more.");

  private SchemaFinish() {}

  /** Finishes the CRD of the class in place. */
  static void finish(ObjectNode crd, Class<?> resource) {
    ObjectNode names = (ObjectNode) crd.at("/spec/names");
    String kind = names.path("kind").asText();
    names.putArray("categories").add("squall");
    names.put("listKind", kind + "List");
    for (JsonNode version : crd.at("/spec/versions")) {
      columns((ObjectNode) version, resource);
      ObjectNode root = (ObjectNode) version.at("/schema/openAPIV3Schema");
      root.put("description", DESCRIPTIONS.get(kind));
      ObjectNode properties = (ObjectNode) root.path("properties");
      // Named so that the rule on the name can say which field it is about.
      properties
          .putObject("metadata")
          .put("type", "object")
          .putObject("properties")
          .putObject("name")
          .put("type", "string")
          .put("maxLength", 253);
      described(properties, "spec", DESCRIPTIONS.getOrDefault(kind + ".spec", ""));
      described(properties, "status", "What is known of it; written by the operator alone.");
      root.putArray("required").add("spec");
      schema("spec", (ObjectNode) properties.path("spec"), false);
      schema("status", (ObjectNode) properties.path("status"), true);
    }
  }

  /** Puts the columns into the order they are declared in; the generator sorts them by path. */
  private static void columns(ObjectNode version, Class<?> resource) {
    JsonNode generated = version.path("additionalPrinterColumns");
    ArrayNode ordered = version.arrayNode();
    boolean aged = false;
    for (AdditionalPrinterColumn column :
        resource.getAnnotationsByType(AdditionalPrinterColumn.class)) {
      if (column.priority() > 0 && !aged) {
        // Not an annotation: its type DATE would be an unknown constant to who compiles against us.
        age(ordered.addObject());
        aged = true;
      }
      generated
          .valueStream()
          .filter(node -> node.path("name").asText().equals(column.name()))
          .forEach(ordered::add);
    }
    version.set("additionalPrinterColumns", ordered);
  }

  private static void age(ObjectNode column) {
    column.put("description", "Since when it exists");
    column.put("jsonPath", ".metadata.creationTimestamp");
    column.put("name", "Age");
    column.put("priority", 0);
    column.put("type", "date");
  }

  private static void described(ObjectNode properties, String name, String description) {
    ((ObjectNode) properties.path(name)).put("description", description);
  }

  private static void schema(String name, ObjectNode schema, boolean inStatus) {
    for (String bound : BOUNDS) {
      JsonNode value = schema.path(bound);
      if (value.isDouble() && value.doubleValue() == Math.rint(value.doubleValue())) {
        schema.set(bound, LongNode.valueOf(value.longValue()));
      }
    }
    JsonNode byDefault = schema.path("default");
    if (byDefault.isObject()) {
      // The generator fills in Java's zeros; the fields' own defaults are what is meant.
      schema.putObject("default");
    } else if (byDefault.isDouble()
        && byDefault.doubleValue() == Math.rint(byDefault.doubleValue())) {
      schema.put("default", byDefault.longValue());
    }
    JsonNode properties = schema.path("properties");
    if (schema.path("x-kubernetes-validations") instanceof ArrayNode rules) {
      // The generator finds a field's rules twice: on the record's field and on its accessor.
      Set<JsonNode> distinct = new LinkedHashSet<>();
      rules.forEach(distinct::add);
      rules.removeAll();
      rules.addAll(distinct);
    }
    if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      free(name, schema);
    }
    if (properties.has("payload") && properties.has("value") && properties.has("mutate")) {
      // CEL does not see free JSON such as value, so this one-of is the schema's.
      ArrayNode oneOf = schema.putArray("oneOf");
      oneOf.addObject().putArray("required").add("payload");
      oneOf.addObject().putArray("required").add("value");
    }
    if (properties.has("requests") && properties.has("limits")) {
      quantities((ObjectNode) properties.path("requests"));
      quantities((ObjectNode) properties.path("limits"));
    }
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      schema(property.getKey(), (ObjectNode) property.getValue(), inStatus);
    }
    if (schema.path("additionalProperties").isObject()) {
      schema("*", (ObjectNode) schema.path("additionalProperties"), inStatus);
    }
    if (schema.path("items").isObject()) {
      ObjectNode items = (ObjectNode) schema.path("items");
      schema("*", items, inStatus);
      listType(name, schema, items, inStatus);
    }
  }

  private static void free(String name, ObjectNode schema) {
    if (name.equals("template")) {
      schema.put("type", "object");
    } else {
      schema.put("nullable", true);
    }
  }

  private static void quantities(ObjectNode map) {
    ObjectNode quantity = map.putObject("additionalProperties");
    ArrayNode anyOf = quantity.putArray("anyOf");
    anyOf.addObject().put("type", "integer");
    anyOf.addObject().put("type", "string");
    quantity.put("maxLength", 32);
    quantity.put("pattern", QUANTITY);
    quantity.put("x-kubernetes-int-or-string", true);
  }

  private static void listType(String name, ObjectNode list, ObjectNode items, boolean inStatus) {
    List<String> required = items.path("required").valueStream().map(JsonNode::asText).toList();
    if (name.equals("conditions")) {
      list.put("x-kubernetes-list-type", "map");
      list.putArray("x-kubernetes-list-map-keys").add("type");
    } else if (required.contains("name")
        && !REPEATABLE.contains(name)
        && !(inStatus && ORDERED.contains(name))) {
      list.put("x-kubernetes-list-type", "map");
      list.putArray("x-kubernetes-list-map-keys").add("name");
    } else if (items.path("type").asText().matches("string|integer")) {
      list.put("x-kubernetes-list-type", "set");
    } else {
      list.put("x-kubernetes-list-type", "atomic");
    }
  }
}
