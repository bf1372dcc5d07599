package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Makes a generated object invalid. Fields are drawn afresh for each request. */
public record Mutation(
    @JsonPropertyDescription("How many fields are left out.") int dropFields,
    @JsonPropertyDescription("How many fields are set to null.") int nullFields,
    @JsonPropertyDescription("How many fields get a value of another JSON type.") int wrongType,
    @JsonPropertyDescription("How many numeric fields get a value far outside their range.")
        int outOfRange,
    @JsonPropertyDescription("How many unknown fields are added.") int extraFields,
    @JsonPropertyDescription("Whether the JSON text is cut off in the middle.") boolean truncate,
    @JsonPropertyDescription("Names of the fields to choose from; all if absent.")
        List<String> only) {
  /** Absent lists and maps are empty. */
  public Mutation {
    only = only == null ? List.of() : List.copyOf(only);
  }
}
