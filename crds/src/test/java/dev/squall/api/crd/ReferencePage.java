package dev.squall.api.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.api.v1alpha1.LoadTestRunSpec;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.LoadTestStatus;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reference page: a section for each record of the API, its fields as the CRD's schema has
 * them.
 */
final class ReferencePage {
  private static final String HEAD =
      """
      # Reference

      The resources `LoadTest` (`ldt`) and `LoadTestRun` (`ldtr`) of `squall.dev/v1alpha1`. Generated from the CRDs; regenerate with `mvn -pl crds test -Dtest=CrdYamlTest -Dsquall.regenerate`. The same text answers `kubectl explain loadtest.spec --recursive`.

      A field without a default is optional unless it says **required**. Durations are written as `1m30s`, `500ms` or `1.5h`.
      """;

  private final Map<Class<?>, JsonNode> schemas = new LinkedHashMap<>();
  private final Map<Class<?>, List<String>> places = new LinkedHashMap<>();

  private ReferencePage() {}

  /** The page, made from the CRDs by name. */
  static String text(Map<String, ObjectNode> crds) {
    ReferencePage page = new ReferencePage();
    String schema = "/spec/versions/0/schema/openAPIV3Schema/properties/";
    JsonNode test = required(crds, "loadtests.squall.dev");
    JsonNode run = required(crds, "loadtestruns.squall.dev");
    page.record("LoadTest `spec`", LoadTestSpec.class, test.at(schema + "spec"));
    page.record("LoadTestRun `spec`", LoadTestRunSpec.class, run.at(schema + "spec"));
    page.record("LoadTest `status`", LoadTestStatus.class, test.at(schema + "status"));
    page.record("LoadTestRun `status`", LoadTestRunStatus.class, run.at(schema + "status"));
    StringBuilder text = new StringBuilder(HEAD);
    page.schemas.forEach((type, of) -> page.section(text, type, of));
    return text.toString();
  }

  private static JsonNode required(Map<String, ObjectNode> crds, String name) {
    return Optional.ofNullable(crds.get(name)).orElseThrow();
  }

  /** Notes a record, and those that its fields lead to, at their first place. */
  private void record(String place, Class<?> type, JsonNode schema) {
    List<String> known = places.computeIfAbsent(type, _ -> new ArrayList<>());
    if (!known.contains(place)) {
      known.add(place);
    }
    if (schemas.putIfAbsent(type, schema) != null) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String name = name(component);
      JsonNode of = schema.path("properties").path(name);
      Type inner = component.getGenericType();
      if (inner instanceof ParameterizedType parameterized) {
        inner =
            parameterized
                .getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1];
        of = inner(of);
      }
      if (inner instanceof Class<?> other && other.isRecord()) {
        record("[" + type.getSimpleName() + "](#" + anchor(type) + ")`." + name + "`", other, of);
      }
    }
  }

  private void section(StringBuilder text, Class<?> type, JsonNode schema) {
    text.append("\n## ").append(type.getSimpleName()).append('\n');
    text.append("In ")
        .append(String.join(", ", places.getOrDefault(type, List.of())))
        .append(".\n");
    text.append("\n| Field | Type | Default | Bounds | Description |\n|---|---|---|---|---|\n");
    List<String> required = schema.path("required").valueStream().map(JsonNode::asText).toList();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = name(component);
      JsonNode field = schema.path("properties").path(name);
      text.append("| `").append(name).append("` | ");
      text.append(type(component.getGenericType(), field)).append(" | ");
      text.append(byDefault(field, required.contains(name))).append(" | ");
      text.append(String.join("; ", FieldBounds.of(field))).append(" | ");
      text.append(field.path("description").asText().replace("|", "\\|").replace("<", "&lt;"))
          .append(" |\n");
    }
    List<String> rules = new ArrayList<>();
    rules(schema, "", rules);
    if (!rules.isEmpty()) {
      text.append("\nRules:\n");
      rules.forEach(rule -> text.append("- ").append(rule).append('\n'));
    }
  }

  private static void rules(JsonNode schema, String field, List<String> rules) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      String of = field.isEmpty() ? "" : "`" + field + "`: ";
      rules.add(of + rule.path("message").asText().replace("<", "&lt;"));
    }
    if (schema.has("oneOf")) {
      rules.add("set exactly one of payload and value");
    }
    if (field.isEmpty()) {
      schema
          .path("properties")
          .properties()
          .forEach(
              property -> {
                if (!property.getValue().has("properties")) {
                  rules(property.getValue(), property.getKey(), rules);
                }
              });
    }
  }

  private static String byDefault(JsonNode field, boolean required) {
    if (required) {
      return "**required**";
    }
    return field.has("default") ? "`" + field.path("default") + "`" : "";
  }

  private static String type(Type java, JsonNode field) {
    if (java instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      String inner = type(arguments[arguments.length - 1], inner(field));
      return (arguments.length == 1 ? "list of " : "map of ") + inner;
    }
    if (java instanceof Class<?> type && type.isRecord()) {
      return "[" + type.getSimpleName() + "](#" + anchor(type) + ")";
    }
    if (field.path("x-kubernetes-int-or-string").asBoolean()) {
      return "quantity";
    }
    return field.path("type").asText("any JSON");
  }

  private static String anchor(Class<?> type) {
    return type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  private static String name(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null ? component.getName() : property.value();
  }

  /** What a list or map holds. */
  private static JsonNode inner(JsonNode field) {
    return field.has("items") ? field.path("items") : field.path("additionalProperties");
  }
}
