package dev.squall.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.api.v1alpha1.LoadTestRunSpec;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the records' Java says and what their schema says agree. */
class RecordsTest {
  static Stream<Class<?>> records() {
    Set<Class<?>> found = new LinkedHashSet<>();
    collect(LoadTestRunSpec.class, found);
    return found.stream();
  }

  private static void collect(Class<?> type, Set<Class<?>> found) {
    if (type.isRecord() && found.add(type)) {
      for (RecordComponent component : type.getRecordComponents()) {
        collect(raw(component.getAnnotatedType()), found);
      }
    }
  }

  private static Class<?> raw(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      return raw(arguments[arguments.length - 1]);
    }
    return (Class<?>) type.getType();
  }

  @ParameterizedTest
  @MethodSource("records")
  void eachFieldIsEitherNullableOrRequiredOrDefaultedOrMayBeEmpty(Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = type.getSimpleName() + "." + component.getName();
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      boolean required = component.getAccessor().isAnnotationPresent(Required.class);
      boolean defaulted = component.getAccessor().isAnnotationPresent(Default.class);
      boolean collection =
          List.class.equals(component.getType()) || Map.class.equals(component.getType());
      boolean freeJson = JsonNode.class.equals(component.getType());
      assertThat(Stream.of(nullable, required, defaulted).filter(is -> is).count())
          .as(name)
          .isEqualTo(collection && !nullable && !required ? 0 : freeJson && required ? 2 : 1);
      assertThat(component.getAccessor().isAnnotationPresent(JsonPropertyDescription.class))
          .as(name + " has a description")
          .isTrue();
    }
    assertThat(type.isAnnotationPresent(JsonInclude.class)).as(type.getName()).isTrue();
  }

  @Test
  void everyListMapAndTextIsBoundedAndEveryFieldDescribed() {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, ObjectNode> crd : CrdYaml.definitions().entrySet()) {
      JsonNode root = crd.getValue().at("/spec/versions/0/schema/openAPIV3Schema/properties");
      bounded(crd.getKey() + " spec", root.path("spec"), wrong);
      bounded(crd.getKey() + " status", root.path("status"), wrong);
    }
    assertThat(new TreeSet<>(wrong)).isEmpty();
  }

  private static void bounded(String path, JsonNode schema, List<String> wrong) {
    String bound =
        switch (schema.path("type").asText()) {
          case "array" -> "maxItems";
          case "string" -> "maxLength";
          case "object" -> schema.has("additionalProperties") ? "maxProperties" : "";
          default -> "";
        };
    if (!bound.isEmpty() && !schema.has(bound) && !schema.has("enum")) {
      wrong.add(path + " has no " + bound);
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (property.getValue().path("description").asText().isEmpty()) {
        wrong.add(path + "." + property.getKey() + " has no description");
      }
      bounded(path + "." + property.getKey(), property.getValue(), wrong);
    }
    for (String inner : List.of("items", "additionalProperties")) {
      if (schema.has(inner)) {
        bounded(path + "[]", schema.path(inner), wrong);
      }
    }
  }
}
