package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests and limits, as in a container. */
public record Resources(
    @JsonPropertyDescription("Quantities by resource, for example cpu: 500m.")
        Map<String, String> requests,
    @JsonPropertyDescription("Quantities by resource, for example memory: 512Mi.")
        Map<String, String> limits) {
  /** Absent lists and maps are empty. */
  public Resources {
    requests =
        requests == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    limits = limits == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(limits));
  }
}
