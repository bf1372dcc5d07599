package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of a sequence. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Step(
    @JsonPropertyDescription("Name of the step; in a task, its row is named <task>/<step>.")
        @Required
        @Pattern(Patterns.NAME) @Size(min = 1, max = 100) String name,
    @JsonPropertyDescription("The request.") @Required Request request,
    @JsonPropertyDescription(
            "What the answer must be like. Without it, any status below 400 is a success.")
        @Nullable Expectation expect,
    @JsonPropertyDescription("Values taken from the answer for later steps, used as ${name}.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 8) List<Capture> captures) {
  /** Absent lists and maps are empty. */
  public Step {
    captures = captures == null ? List.of() : List.copyOf(captures);
  }
}
