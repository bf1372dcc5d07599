package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of a sequence. */
public record Step(
    @JsonPropertyDescription("Name of the step; its row is named <task>/<step>.") String name,
    @JsonPropertyDescription("The request.") Request request,
    @JsonPropertyDescription(
            "What the answer must be like. Without it, any status below 400 is a success.")
        @Nullable Expectation expect,
    @JsonPropertyDescription("Values taken from the answer for later steps, used as ${name}.")
        List<Capture> captures) {
  /** Absent lists and maps are empty. */
  public Step {
    captures = captures == null ? List.of() : List.copyOf(captures);
  }
}
