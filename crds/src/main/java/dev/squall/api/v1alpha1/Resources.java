package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests and limits, as in a container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resources(
    @JsonPropertyDescription("Quantities by resource, for example cpu: 500m.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) Map<String, @Size(max = 32) String> requests,
    @JsonPropertyDescription("Quantities by resource, for example memory: 512Mi.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) Map<String, @Size(max = 32) String> limits) {
  /** Absent lists and maps are empty. */
  public Resources {
    requests =
        requests == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    limits = limits == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(limits));
  }
}
