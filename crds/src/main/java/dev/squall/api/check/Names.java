package dev.squall.api.check;

import dev.squall.api.v1alpha1.Dataset;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Payload;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a spec's names stand for.
 *
 * @param payloads the payloads by name, in order
 * @param datasets the datasets by name, in order
 */
record Names(Map<String, Payload> payloads, Map<String, Dataset> datasets) {
  static Names of(LoadTestSpec spec) {
    Map<String, Payload> payloads = new LinkedHashMap<>();
    spec.payloads().forEach(payload -> payloads.put(payload.name(), payload));
    Map<String, Dataset> datasets = new LinkedHashMap<>();
    spec.datasets().forEach(dataset -> datasets.put(dataset.name(), dataset));
    return new Names(payloads, datasets);
  }

  /** A sentence's end that lists what there is. */
  static String thereAre(Collection<String> names, String plural) {
    return names.isEmpty() ? "; there are no " + plural : "; there are " + String.join(", ", names);
  }
}
