package dev.squall.operator.desired;

import dev.squall.api.resource.LoadTest;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestRunSpec;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;

/** A LoadTestRun with a LoadTest's present spec frozen into it. */
public final class NewRun {
  private NewRun() {}

  /** The run that the LoadTest's generation starts. */
  public static LoadTestRun of(LoadTest test) {
    LoadTestRun run = new LoadTestRun();
    run.setMetadata(
        new ObjectMetaBuilder()
            .withName(
                Names.run(
                    test.getMetadata().getName(),
                    test.getMetadata().getUid(),
                    test.getMetadata().getGeneration()))
            .withNamespace(test.getMetadata().getNamespace())
            .withLabels(labels(test))
            .withOwnerReferences(owner(test))
            .build());
    run.setSpec(spec(test));
    return run;
  }

  /**
   * A run that was created by hand, frozen: its test is the LoadTest's of now unless it has one.
   */
  public static LoadTestRun frozen(LoadTestRun run, LoadTest test) {
    LoadTestRun frozen = new LoadTestRun();
    frozen.setMetadata(
        run.getMetadata()
            .edit()
            .addToLabels(labels(test))
            .addToOwnerReferences(owner(test))
            .build());
    frozen.setSpec(run.getSpec().test() == null ? spec(test) : run.getSpec());
    return frozen;
  }

  private static LoadTestRunSpec spec(LoadTest test) {
    return new LoadTestRunSpec(
        test.getMetadata().getName(), test.getMetadata().getGeneration(), test.getSpec());
  }

  private static Map<String, String> labels(LoadTest test) {
    return Map.of(
        "app.kubernetes.io/name",
        "squall",
        "app.kubernetes.io/managed-by",
        "squall-operator",
        PodContract.LOADTEST_LABEL,
        test.getMetadata().getName());
  }

  private static OwnerReference owner(LoadTest test) {
    return new OwnerReferenceBuilder()
        .withApiVersion(test.getApiVersion())
        .withKind(test.getKind())
        .withName(test.getMetadata().getName())
        .withUid(test.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
