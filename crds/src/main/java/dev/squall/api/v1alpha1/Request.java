package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request. Texts may hold ${name}: a captured value or a payload by name; $${ stands for
 * ${.
 */
@ValidationRule(
    value = "(has(self.json) ? 1 : 0) + (has(self.text) ? 1 : 0) + (has(self.form) ? 1 : 0) <= 1",
    message = "set at most one of json, text and form: a request has one body")
@ValidationRule(
    value = "!has(self.stream) || self.method != 'HEAD'",
    message = "the answer to a HEAD request has no body to be streamed: remove stream",
    fieldPath = ".stream")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Request(
    @JsonPropertyDescription("HTTP method.")
        @Default("GET")
        @Pattern(Patterns.METHOD) @Size(min = 1, max = 7) String method,
    @JsonPropertyDescription(
            "Path, appended to the target's; may hold ${name}, which is URL-encoded.")
        @Required
        @Pattern(Patterns.PATH) @Size(min = 1, max = 2048) String path,
    @JsonPropertyDescription("Query parameters; values may hold ${name} and are URL-encoded.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32) Map<String, @Size(max = 2048) String> query,
    @JsonPropertyDescription("Request headers; values may hold ${name}.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32) Map<String, @Size(max = 2048) String> headers,
    @JsonPropertyDescription("A JSON body. At most one of json, text, form.")
        @Nullable JsonBody json,
    @JsonPropertyDescription("A text body; may hold ${name}.") @Size(max = 32768) @Nullable String text,
    @JsonPropertyDescription(
            "A form body (application/x-www-form-urlencoded); values may hold ${name}.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32) Map<String, @Size(max = 8192) String> form,
    @JsonPropertyDescription(
            "How long an answer may take, to its last byte, before the request is a timeout failure.")
        @Default("30s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        String timeout,
    @JsonPropertyDescription(
            "How many redirects are followed, within the target; together they are one request.")
        @Default("0")
        @Min(0) @Max(20) int followRedirects,
    @JsonPropertyDescription(
            "The answer comes in parts, which are timed: to the first, and from each to the next.")
        @Nullable StreamedAnswer stream,
    @JsonPropertyDescription("Credentials from a Secret, mounted into the runners only.")
        @Nullable Credentials credentials) {
  /** Absent lists and maps are empty. */
  public Request {
    query = query == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers =
        headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    form = form == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(form));
  }
}
