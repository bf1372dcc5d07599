package dev.squall.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.squall.api.v1alpha1.LoadTestSpec;

/** Specs of the tests, as the API server hands them out: defaults filled in. */
public final class Samples {
  /** The least that the schema takes. */
  public static final String PLAIN =
      """
      target: {service: {name: heart-disease, port: 8080, scheme: http}}
      seed: 42
      loads: [{name: expected, users: {count: 20, spawnRate: 5}, duration: 60s, gracefulStop: 30s}]
      scenarios:
      - name: patient
        weight: 1
        tasks:
        - {name: predict, weight: 1, request: {method: GET, path: /, timeout: 30s}}
      runners: {count: 2}
      coordinator: {}
      results: {linger: 1h}
      startTimeout: 5m
      successfulRunsHistoryLimit: 3
      failedRunsHistoryLimit: 3
      """;

  private static final ObjectMapper YAML = new YAMLMapper();

  private Samples() {}

  /** A spec from YAML. */
  public static LoadTestSpec spec(String yaml) {
    return yaml(yaml, LoadTestSpec.class);
  }

  /** Anything from YAML. */
  public static <T> T yaml(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** {@link #PLAIN} with one line of it replaced. */
  public static LoadTestSpec plain(String line, String replacement) {
    if (!PLAIN.contains(line)) {
      throw new IllegalArgumentException("no line '%s' in the plain spec".formatted(line));
    }
    return spec(PLAIN.replace(line, replacement));
  }

  /** {@link #PLAIN}. */
  public static LoadTestSpec plain() {
    return spec(PLAIN);
  }
}
