package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request. Texts may hold ${name}: a captured value or a payload by name; $${ stands for
 * ${.
 */
public record Request(
    @JsonPropertyDescription("HTTP method.") String method,
    @JsonPropertyDescription("Path, appended to the target's. May hold ${name}.") String path,
    @JsonPropertyDescription("Query parameters; values may hold ${name} and are URL-encoded.")
        Map<String, String> query,
    @JsonPropertyDescription("Request headers; values may hold ${name}.")
        Map<String, String> headers,
    @JsonPropertyDescription("A JSON body. At most one of json, text, form.")
        @Nullable JsonBody json,
    @JsonPropertyDescription("A text body; may hold ${name}.") @Nullable String text,
    @JsonPropertyDescription(
            "A form body (application/x-www-form-urlencoded); values may hold ${name}.")
        Map<String, String> form,
    @JsonPropertyDescription("How long an answer may take before the request is a timeout failure.")
        String timeout,
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
