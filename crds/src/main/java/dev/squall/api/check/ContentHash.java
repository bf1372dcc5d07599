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

  /** Fields of each element of a list that came after the first version, and their defaults. */
  private static final Map<String, Map<String, Object>> LATER =
      Map.of("loads", Map.of("start", "0s", "warmUp", false), "datasets", Map.of("format", "Csv"));

  private ContentHash() {}

  /** Lower-case hexadecimal, 64 characters. */
  public static String of(LoadTestSpec spec) {
    ObjectNode json = CANONICAL.valueToTree(spec);
    json.remove("successfulRunsHistoryLimit");
    json.remove("failedRunsHistoryLimit");
    LATER.forEach((list, fields) -> json.path(list).forEach(one -> dropDefaults(one, fields)));
    try {
      byte[] text = CANONICAL.writeValueAsString(sorted(json)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("no hash of a spec: " + e.getMessage(), e);
    }
  }

  private static void dropDefaults(JsonNode element, Map<String, Object> fields) {
    fields.forEach(
        (name, byDefault) -> {
          if (element.path(name).equals(CANONICAL.valueToTree(byDefault))) {
            ((ObjectNode) element).remove(name);
          }
        });
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
