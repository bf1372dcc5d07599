package dev.squall.api.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Admission as the API server does it, over a shipped CRD: strict decoding, defaults, structural
 * schema, list types, CEL rules, in that order.
 */
final class Admission {
  /** Admission of a LoadTest. */
  static final Admission LOAD_TEST = new Admission("/dev/squall/crds/loadtests.squall.dev.yaml");

  /** The fields of metadata that a manifest may hold. */
  private static final Set<String> METADATA =
      Set.of(
          "name",
          "generateName",
          "namespace",
          "labels",
          "annotations",
          "finalizers",
          "ownerReferences",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "managedFields",
          "resourceVersion",
          "selfLink",
          "uid");

  private final JsonNode schema;

  private Admission(String resource) {
    try (InputStream crd = Admission.class.getResourceAsStream(resource)) {
      if (crd == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      schema = new YAMLMapper().readTree(crd).at("/spec/versions/0/schema/openAPIV3Schema");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks an object and fills in its defaults.
   *
   * @param object the object; changed in place: defaults filled in, status and nulls removed
   * @return what the API server would refuse, empty if it would take the object
   */
  List<Problem> check(ObjectNode object) {
    List<Problem> unknown = unknownFields(object);
    if (!unknown.isEmpty()) {
      return unknown;
    }
    object.remove("status");
    Defaults.fill(object, schema);
    List<Problem> problems = new ArrayList<>();
    JsonNode metadata = object.path("metadata");
    if (!metadata.hasNonNull("name")) {
      if (metadata.hasNonNull("generateName")) {
        ((ObjectNode) metadata).put("name", metadata.path("generateName").asText() + "local");
      } else {
        problems.add(
            new Problem("metadata.name", "Required value: name or generateName is required"));
      }
    }
    SchemaRules.Result result = SchemaRules.check(object, schema);
    problems.addAll(result.problems());
    problems.addAll(ListTypes.check(object, schema));
    if (result.blocking()) {
      problems.add(
          new Problem(
              "",
              "some validation rules were not checked because the object was invalid; correct the"
                  + " existing errors to complete validation"));
    } else {
      problems.addAll(CelRules.check(object, schema, problems));
    }
    return problems;
  }

  private List<Problem> unknownFields(ObjectNode object) {
    List<Problem> problems = new ArrayList<>();
    for (String field : (Iterable<String>) object::fieldNames) {
      switch (field) {
        case "apiVersion", "kind", "spec", "status", "metadata" -> {}
        default -> problems.add(SchemaWalk.unknown(field));
      }
    }
    for (String field : (Iterable<String>) object.path("metadata")::fieldNames) {
      if (!METADATA.contains(field)) {
        problems.add(SchemaWalk.unknown("metadata." + field));
      }
    }
    JsonNode properties = schema.path("properties");
    SchemaWalk.unknownFields("spec", object.path("spec"), properties.path("spec"), problems);
    SchemaWalk.unknownFields("status", object.path("status"), properties.path("status"), problems);
    return problems;
  }
}
