package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A named generator. Set exactly one of fields, value, row. */
@ValidationRule(
    value = "(has(self.fields) ? 1 : 0) + (has(self.value) ? 1 : 0) + (has(self.row) ? 1 : 0) == 1",
    message =
        "set exactly one of fields (a JSON object), value (a single value) and row (a row of a dataset)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Payload(
    @JsonPropertyDescription("Name of the payload.")
        @Required
        @Pattern(Patterns.REFERENCE) @Size(min = 1, max = 63) String name,
    @JsonPropertyDescription("A JSON object: a generator for each field.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 128) Map<String, Generator> fields,
    @JsonPropertyDescription("A single value.") @Nullable Generator value,
    @JsonPropertyDescription("A row of a dataset as a JSON object, each column a field.")
        @Nullable DatasetRow row,
    @JsonPropertyDescription(
            "Makes the payload an array of records, as a model service takes them; sweep.batchSizes varies its size.")
        @Nullable Batch batch) {
  /** Absent lists and maps are empty. */
  public Payload {
    fields = fields == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The same with batches of another size. */
  public Payload withBatch(Batch other) {
    return new Payload(name, fields, value, row, other);
  }
}
