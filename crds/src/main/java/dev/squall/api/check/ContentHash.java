package dev.squall.api.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.api.v1alpha1.LoadTestSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Content hash: SHA-256 over the canonical JSON (keys in order, no white space) of what a run
 * depends on. The history limits are not part of it: changing them starts no run. A field that came
 * after the first version counts only where it is not its default, so that an upgrade starts none
 * either.
 */
public final class ContentHash {
  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /**
   * A field that came after the first version.
   *
   * @param path where the objects that have it are, lists being gone through
   */
  private record Later(List<String> path, String field, Object byDefault) {
    static Later at(String path, String field, Object byDefault) {
      return new Later(List.of(path.split("/")), field, byDefault);
    }
  }

  private static final List<Later> LATER =
      List.of(
          Later.at("target", "protocol", "HTTP1"),
          Later.at("target/connections", "spread", "RoundRobin"),
          Later.at("loads", "start", "0s"),
          Later.at("loads", "warmUp", false),
          Later.at("datasets", "format", "Csv"),
          Later.at("scenarios", "cookies", false),
          Later.at("scenarios/onStart/request", "followRedirects", 0),
          Later.at("scenarios/onStop/request", "followRedirects", 0),
          Later.at("scenarios/tasks/request", "followRedirects", 0),
          Later.at("scenarios/tasks/steps/request", "followRedirects", 0));

  private ContentHash() {}

  /** Lower-case hexadecimal, 64 characters. */
  public static String of(LoadTestSpec spec) {
    ObjectNode json = CANONICAL.valueToTree(spec);
    json.remove("successfulRunsHistoryLimit");
    json.remove("failedRunsHistoryLimit");
    LATER.forEach(later -> dropDefault(json, later, 0));
    try {
      byte[] text = CANONICAL.writeValueAsString(sorted(json)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("no hash of a spec: " + e.getMessage(), e);
    }
  }

  private static void dropDefault(JsonNode node, Later later, int depth) {
    if (node.isArray()) {
      node.forEach(element -> dropDefault(element, later, depth));
    } else if (depth < later.path().size()) {
      dropDefault(node.path(later.path().get(depth)), later, depth + 1);
    } else if (node.path(later.field()).equals(CANONICAL.valueToTree(later.byDefault()))) {
      ((ObjectNode) node).remove(later.field());
    }
  }

  /** Free JSON (templates, literals) keeps the order it was written in until here. */
  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> fields = new TreeMap<>();
      object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      return object.objectNode().setAll(fields);
    }
    if (node.isArray()) {
      var array = CANONICAL.createArrayNode();
      node.forEach(element -> array.add(sorted(element)));
      return array;
    }
    return node;
  }
}
