package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer must be like to be a success: every part that is set must hold. */
public record Expectation(
    @JsonPropertyDescription("Accepted status codes.") List<Integer> status,
    @JsonPropertyDescription("Accepted classes of status codes, such as 2xx.")
        List<String> statusClass,
    @JsonPropertyDescription("What response headers must be like.") List<HeaderExpectation> headers,
    @JsonPropertyDescription("What the body must hold.") @Nullable BodyExpectation body,
    @JsonPropertyDescription("What values in a JSON body must be like.") List<JsonExpectation> json,
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
