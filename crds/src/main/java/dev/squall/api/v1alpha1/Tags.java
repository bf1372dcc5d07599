package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Which tasks take part. */
public record Tags(
    @JsonPropertyDescription("Only tasks with one of these tags; all if empty.")
        List<String> include,
    @JsonPropertyDescription("No task with one of these tags.") List<String> exclude) {
  /** Absent lists and maps are empty. */
  public Tags {
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
  }
}
