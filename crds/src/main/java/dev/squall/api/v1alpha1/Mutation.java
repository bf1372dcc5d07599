package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Makes a generated object invalid. Fields are drawn afresh for each request. */
@ValidationRule(
    value =
        "self.dropFields + self.nullFields + self.wrongType + self.outOfRange + self.extraFields > 0 || self.truncate",
    message =
        "set at least one of dropFields, nullFields, wrongType, outOfRange, extraFields (to 1 or more) and truncate (to true)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mutation(
    @JsonPropertyDescription("How many fields are left out.") @Default("0") @Min(0) @Max(100) int dropFields,
    @JsonPropertyDescription("How many fields are set to null.") @Default("0") @Min(0) @Max(100) int nullFields,
    @JsonPropertyDescription("How many fields get a value of another JSON type.")
        @Default("0")
        @Min(0) @Max(100) int wrongType,
    @JsonPropertyDescription("How many numeric fields get a value far outside their range.")
        @Default("0")
        @Min(0) @Max(100) int outOfRange,
    @JsonPropertyDescription("How many unknown fields are added.") @Default("0") @Min(0) @Max(100) int extraFields,
    @JsonPropertyDescription("Whether the JSON text is cut off in the middle.") @Default("false")
        boolean truncate,
    @JsonPropertyDescription("Names of the fields to choose from; all if absent.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 128) List<@Size(min = 1, max = 128) String> only) {
  /** Absent lists and maps are empty. */
  public Mutation {
    only = only == null ? List.of() : List.copyOf(only);
  }
}
