package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which tasks take part. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tags(
    @JsonPropertyDescription("Only tasks with one of these tags; all if empty.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<@Pattern(Patterns.TAG) @Size(min = 1, max = 63) String> include,
    @JsonPropertyDescription("No task with one of these tags.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<@Pattern(Patterns.TAG) @Size(min = 1, max = 63) String> exclude) {
  /** Absent lists and maps are empty. */
  public Tags {
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
  }
}
