package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A named generator. Set exactly one of fields, value, row. */
public record Payload(
    @JsonPropertyDescription("Name of the payload.") String name,
    @JsonPropertyDescription("A JSON object: a generator for each field.")
        Map<String, Generator> fields,
    @JsonPropertyDescription("A single value.") @Nullable Generator value,
    @JsonPropertyDescription("A row of a dataset as a JSON object, each column a field.")
        @Nullable DatasetRow row) {
  /** Absent lists and maps are empty. */
  public Payload {
    fields = fields == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
