package dev.squall.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges a partial pod template into ours. The rule:
 *
 * <ul>
 *   <li>maps merge, key by key; {@code null} takes a key away;
 *   <li>{@code containers} and {@code initContainers} merge by {@code name}, each as a map;
 *   <li>{@code env} and {@code volumes} by {@code name} and {@code volumeMounts} by {@code
 *       mountPath}: an entry that is there is replaced whole (its fields are one-of), in its place;
 *   <li>an entry that is not there is added at the end;
 *   <li>every other list, and every plain value, replaces ours.
 * </ul>
 */
final class TemplateMerge {
  private enum Entries {
    MERGED,
    REPLACED
  }

  private record Keyed(String key, Entries entries) {}

  private static final Map<String, Keyed> LISTS =
      Map.of(
          "containers", new Keyed("name", Entries.MERGED),
          "initContainers", new Keyed("name", Entries.MERGED),
          "env", new Keyed("name", Entries.REPLACED),
          "volumes", new Keyed("name", Entries.REPLACED),
          "volumeMounts", new Keyed("mountPath", Entries.REPLACED));

  private TemplateMerge() {}

  /** The merged template; neither argument is changed. */
  static ObjectNode merge(ObjectNode ours, JsonNode partial) {
    ObjectNode merged = ours.deepCopy();
    partial
        .properties()
        .forEach(
            field -> {
              JsonNode there = merged.get(field.getKey());
              if (field.getValue().isNull()) {
                merged.remove(field.getKey());
              } else {
                merged.set(field.getKey(), merge(field.getKey(), there, field.getValue()));
              }
            });
    return merged;
  }

  private static JsonNode merge(String field, @Nullable JsonNode ours, JsonNode theirs) {
    if (ours instanceof ObjectNode map && theirs.isObject()) {
      return merge(map, theirs);
    }
    Keyed keyed = LISTS.get(field);
    if (keyed != null && ours instanceof ArrayNode list && theirs.isArray()) {
      return mergeList(list, theirs, keyed);
    }
    return theirs.deepCopy();
  }

  private static ArrayNode mergeList(ArrayNode ours, JsonNode theirs, Keyed rule) {
    ArrayNode merged = ours.deepCopy();
    for (JsonNode entry : theirs) {
      int at = indexOf(merged, rule.key(), entry.path(rule.key()).asText());
      if (at < 0) {
        merged.add(entry.deepCopy());
      } else if (rule.entries() == Entries.MERGED && merged.get(at) instanceof ObjectNode there) {
        merged.set(at, merge(there, entry));
      } else {
        merged.set(at, entry.deepCopy());
      }
    }
    return merged;
  }

  private static int indexOf(ArrayNode list, String key, String value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).asText().equals(value)) {
        return i;
      }
    }
    return -1;
  }
}
