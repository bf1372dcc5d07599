package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer must be like to be a success: every part that is set must hold. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Expectation(
    @JsonPropertyDescription(
            "Accepted status codes. Without status and statusClass, any below 400 is.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32) List<@Min(100) @Max(599) Integer> status,
    @JsonPropertyDescription("Accepted classes of status codes, such as 2xx.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 5) List<@Pattern(Patterns.STATUS_CLASS) @Size(min = 3, max = 3) String> statusClass,
    @JsonPropertyDescription("What response headers must be like.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<HeaderExpectation> headers,
    @JsonPropertyDescription("What the body must hold.") @Nullable BodyExpectation body,
    @JsonPropertyDescription("What values in a JSON body must be like.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<JsonExpectation> json,
    @JsonPropertyDescription("Largest response time.")
        @Nullable ResponseTimeExpectation responseTime) {
  /** Absent lists and maps are empty. */
  public Expectation {
    status = status == null ? List.of() : List.copyOf(status);
    statusClass = statusClass == null ? List.of() : List.copyOf(statusClass);
    headers = headers == null ? List.of() : List.copyOf(headers);
    json = json == null ? List.of() : List.copyOf(json);
  }
}
