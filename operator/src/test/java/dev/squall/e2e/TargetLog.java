package dev.squall.e2e;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The test target's own log and counts, read through the API server's proxy: the truth of a test.
 */
final class TargetLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final String service;

  TargetLog(KubernetesClient client, String namespace) {
    this.client = client;
    this.service = "/api/v1/namespaces/" + namespace + "/services/target:8080/proxy";
  }

  /** Every request so far, in the order of arrival. */
  List<Entry> entries() {
    return read("/log").lines().filter(line -> !line.isBlank()).map(TargetLog::entry).toList();
  }

  /** Number of requests under a path that got their whole answer. */
  long replied(String path) {
    return entries().stream().filter(e -> e.path().equals(path) && !e.aborted()).count();
  }

  /** Sets rules for paths, a line each; see the target's README. */
  void rules(String rules) {
    client.raw(service + "/rules", "POST", rules);
  }

  /** Counts as the target gives them. */
  JsonNode counts() {
    try {
      return JSON.readTree(read("/counts"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the target's counts are no JSON", e);
    }
  }

  private String read(String path) {
    String text = client.raw(service + path);
    if (text == null) {
      throw new IllegalStateException("no answer from " + service + path);
    }
    return text;
  }

  private static Entry entry(String line) {
    try {
      return JSON.readValue(line, Entry.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the target logged no JSON: " + line, e);
    }
  }

  /**
   * A request that the target received.
   *
   * @param wallNanos when it arrived, Unix time
   * @param repliedNanos when it was answered, monotonic
   * @param aborted whether it got no whole answer
   * @param headers those that begin with {@code X-Squall-}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Entry(
      long wallNanos,
      long arrivedNanos,
      long repliedNanos,
      String method,
      String path,
      String query,
      int status,
      boolean aborted,
      @Nullable Map<String, String> headers,
      @Nullable String body) {

    /** Global number of the user that sent it. */
    int user() {
      return Integer.parseInt(header("X-Squall-User"));
    }

    private String header(String name) {
      String value = headers == null ? null : headers.get(name);
      if (value == null) {
        throw new IllegalStateException("no " + name + ": was SQUALL_TRACE_HEADERS set?");
      }
      return value;
    }
  }
}
