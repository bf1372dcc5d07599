package dev.squall.api.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The table of wrong manifests, {@code wrong-manifests/table.yaml}: read by the test of the offline
 * check here, and by the operator's test against a real API server.
 */
public final class WrongManifests {
  private static final YAMLMapper YAML = new YAMLMapper();

  private WrongManifests() {}

  /**
   * A wrong manifest.
   *
   * @param name what is wrong about it
   * @param manifest the whole LoadTest
   * @param byOperator whether the operator refuses it ({@code Accepted=False}); else the API server
   * @param field the field that is named
   * @param message a part of the message
   */
  public record Wrong(
      String name, ObjectNode manifest, boolean byOperator, String field, String message) {
    /** The manifest as YAML. */
    public String yaml() {
      try {
        return YAML.writeValueAsString(manifest);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The manifest that all are made from; nothing is wrong with it. */
  public static ObjectNode base() {
    return (ObjectNode) read("base.yaml");
  }

  /** All wrong manifests. */
  public static List<Wrong> all() {
    ObjectNode base = base();
    List<Wrong> all = new ArrayList<>();
    for (JsonNode row : read("table.yaml")) {
      all.add(
          new Wrong(
              row.path("name").asText(),
              changed(base, row),
              row.path("by").asText().equals("operator"),
              row.path("field").asText(),
              row.path("message").asText()));
    }
    return all;
  }

  private static ObjectNode changed(ObjectNode base, JsonNode row) {
    ObjectNode manifest = base.deepCopy();
    for (Map.Entry<String, JsonNode> change : row.path("set").properties()) {
      JsonPointer pointer = JsonPointer.compile(change.getKey());
      JsonNode parent = parent(manifest, pointer.head());
      String last = pointer.last().getMatchingProperty();
      if (parent instanceof ArrayNode array) {
        int index = Integer.parseInt(last);
        if (index == array.size()) {
          array.add(change.getValue());
        } else {
          array.set(index, change.getValue());
        }
      } else {
        ((ObjectNode) parent).set(last, change.getValue());
      }
    }
    for (JsonNode removed : row.path("remove")) {
      JsonPointer pointer = JsonPointer.compile(removed.asText());
      ((ObjectNode) parent(manifest, pointer.head())).remove(pointer.last().getMatchingProperty());
    }
    return manifest;
  }

  private static JsonNode parent(ObjectNode manifest, JsonPointer pointer) {
    JsonNode parent = manifest.at(pointer);
    return parent.isMissingNode() ? manifest.withObject(pointer) : parent;
  }

  private static JsonNode read(String file) {
    try (InputStream in =
        Objects.requireNonNull(
            WrongManifests.class.getResourceAsStream("/wrong-manifests/" + file), file)) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
