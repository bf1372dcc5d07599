package dev.squall.operator.desired;

import dev.squall.api.wire.PodContract;
import java.util.LinkedHashMap;
import java.util.Map;

/** Labels of a run's objects and pods. */
final class Labels {
  private Labels() {}

  /** Of an object of the run as a whole. */
  static Map<String, String> of(RunIdentity run) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("app.kubernetes.io/name", "squall");
    labels.put("app.kubernetes.io/instance", run.run());
    labels.put("app.kubernetes.io/managed-by", "squall-operator");
    labels.put(PodContract.LOADTEST_LABEL, run.loadTest());
    labels.put(PodContract.RUN_LABEL, run.run());
    return labels;
  }

  /** Of an object of one role. */
  static Map<String, String> of(RunIdentity run, String role) {
    Map<String, String> labels = of(run);
    labels.put(PodContract.COMPONENT_LABEL, role);
    return labels;
  }

  /** What selects the pods of one role of a run. */
  static Map<String, String> selector(RunIdentity run, String role) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(PodContract.RUN_LABEL, run.run());
    labels.put(PodContract.COMPONENT_LABEL, role);
    return labels;
  }
}
