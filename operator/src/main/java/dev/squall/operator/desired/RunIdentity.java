package dev.squall.operator.desired;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;

/**
 * Which run an object belongs to.
 *
 * @param namespace namespace of the run and its objects
 * @param loadTest name of its LoadTest
 * @param run name of the LoadTestRun
 * @param uid UID of the LoadTestRun
 */
public record RunIdentity(String namespace, String loadTest, String run, String uid) {
  /** The owner reference of everything that a run has: the garbage collector needs no finalizer. */
  OwnerReference owner() {
    return new OwnerReferenceBuilder()
        .withApiVersion("squall.dev/v1alpha1")
        .withKind("LoadTestRun")
        .withName(run)
        .withUid(uid)
        .withController(true)
        .build();
  }

  /** Metadata of an object of this run. */
  ObjectMeta metadata(String name, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(labels)
        .withOwnerReferences(owner())
        .build();
  }
}
