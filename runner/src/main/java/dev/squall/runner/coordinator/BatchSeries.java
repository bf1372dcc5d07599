package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.Generator;
import dev.squall.api.v1alpha1.JsonBody;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Payload;
import dev.squall.api.v1alpha1.Request;
import dev.squall.api.v1alpha1.Scenario;
import dev.squall.api.v1alpha1.Step;
import dev.squall.api.v1alpha1.Task;
import dev.squall.runner.recording.SeriesSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many batches of records each request of a series carries: in its JSON, or inside of it. */
final class BatchSeries {
  private final Map<String, Payload> payloads = new HashMap<>();
  private final Map<String, Integer> batches = new HashMap<>();

  BatchSeries(LoadTestSpec test) {
    test.payloads().forEach(payload -> payloads.put(payload.name(), payload));
    for (Scenario scenario : test.scenarios()) {
      for (Task task : scenario.tasks()) {
        Request request = task.request();
        if (request != null) {
          batches.put(task.name(), batches(request));
        }
        task.steps().forEach(step -> add(task.name() + "/" + step.name(), step));
      }
      Stream.concat(scenario.onStart().stream(), scenario.onStop().stream())
          .forEach(step -> add(step.name(), step));
    }
  }

  private void add(String series, Step step) {
    batches.put(series, batches(step.request()));
  }

  private int batches(Request request) {
    JsonBody json = request.json();
    return json == null ? 0 : batches(json.payload());
  }

  /** The check has seen that payloads make no cycle. */
  private int batches(@Nullable String name) {
    Payload payload = name == null ? null : payloads.get(name);
    if (payload == null) {
      return 0;
    }
    return payload.batch() != null
        ? 1
        : Stream.concat(payload.fields().values().stream(), Stream.ofNullable(payload.value()))
            .map(Generator::payload)
            .mapToInt(this::batches)
            .sum();
  }

  /** Batches in the requests that did not fail. */
  long succeeded(List<SeriesSnapshot> all) {
    return all.stream()
        .mapToLong(one -> batches.getOrDefault(one.name(), 0) * (one.requests() - one.failures()))
        .sum();
  }
}
