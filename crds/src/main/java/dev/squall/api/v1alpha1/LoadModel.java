package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes a request start, and so what its response time can hide. */
public enum LoadModel {
  /**
   * Each user waits for its answer before its next request: while the target stalls, fewer requests
   * are sent, so the stall hides itself in part (coordinated omission).
   */
  @JsonProperty("closed")
  Closed,
  /** Arrivals follow a schedule, whatever the target does: a stall shows in full. */
  @JsonProperty("open")
  Open,
  /** Loads of both models: the percentiles are those of a closed one in part. */
  @JsonProperty("mixed")
  Mixed;

  /** The model of a load. */
  public static LoadModel of(Load load) {
    LoadGen loadGen = load.loadGen();
    if (loadGen != null) {
      return switch (loadGen.scenario()) {
        case SingleStream, MultiStream -> Closed;
        case Server, Offline -> Open;
      };
    }
    return load.arrivals() == null ? Closed : Open;
  }

  /** The model of a test's result: that of its loads but the warm-up ones. */
  public static LoadModel of(LoadTestSpec test) {
    Set<LoadModel> models =
        test.loads().stream()
            .filter(load -> !load.warmUp())
            .map(LoadModel::of)
            .collect(Collectors.toSet());
    return models.size() == 1 ? models.iterator().next() : Mixed;
  }

  /** The word in results: closed, open or mixed. */
  public String word() {
    return switch (this) {
      case Closed -> "closed";
      case Open -> "open";
      case Mixed -> "mixed";
    };
  }
}
