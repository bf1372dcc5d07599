package dev.squall.operator.desired;

import dev.squall.api.v1alpha1.ConfigMapFile;
import dev.squall.api.v1alpha1.Dataset;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Resources;
import dev.squall.api.v1alpha1.VolumeFile;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The runners: one Indexed Job. A runner that is lost stays lost: its index fails at the first
 * failure or disruption, the others go on, and nothing sends its share a second time.
 */
final class RunnerJob {
  private RunnerJob() {}

  static Job of(RunIdentity run, LoadTestSpec test, ClusterSettings settings) {
    int count = test.runners().count();
    return new JobBuilder()
        .withMetadata(run.metadata(Names.runnerJob(run.run()), Labels.of(run, PodContract.RUNNER)))
        .withNewSpec()
        .withCompletionMode("Indexed")
        .withCompletions(count)
        .withParallelism(count)
        .withBackoffLimitPerIndex(0)
        .withNewPodFailurePolicy()
        .addNewRule()
        .withAction("FailIndex")
        .addNewOnPodCondition("True", "DisruptionTarget")
        .endRule()
        .endPodFailurePolicy()
        .withTemplate(
            RestrictedPod.template(
                run, PodContract.RUNNER, pod(run, test, settings), test.runners().template()))
        .endSpec()
        .build();
  }

  private static PodSpec pod(RunIdentity run, LoadTestSpec test, ClusterSettings settings) {
    Resources asked = test.runners().resources();
    Resources resources = asked == null ? settings.runnerResources() : asked;
    PodSpecBuilder pod =
        RestrictedPod.spec(run, PodContract.RUNNER, resources, settings)
            .withRestartPolicy("Never")
            .withSubdomain(Names.runnerService(run.run()))
            .withTopologySpreadConstraints(
                new TopologySpreadConstraintBuilder()
                    .withMaxSkew(1)
                    .withTopologyKey("kubernetes.io/hostname")
                    .withWhenUnsatisfiable("ScheduleAnyway")
                    .withLabelSelector(
                        new LabelSelectorBuilder()
                            .withMatchLabels(Labels.selector(run, PodContract.RUNNER))
                            .build())
                    .build());
    AtomicInteger number = new AtomicInteger();
    MountedSecrets.of(test)
        .forEach(
            (secret, keys) ->
                mount(
                    pod,
                    secretVolume("credentials-" + number.getAndIncrement(), secret, keys),
                    PodContract.SECRETS_DIR + "/" + secret));
    number.set(0);
    for (Dataset dataset : test.datasets()) {
      mount(
          pod,
          datasetVolume("dataset-" + number.getAndIncrement(), dataset),
          PodContract.DATASETS_DIR + "/" + dataset.name());
    }
    return pod.build();
  }

  private static Volume secretVolume(String name, String secret, SortedSet<String> keys) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secret)
        .withItems(keys.stream().map(key -> new KeyToPath(key, null, key)).toList())
        .endSecret()
        .build();
  }

  private static Volume datasetVolume(String name, Dataset dataset) {
    VolumeBuilder volume = new VolumeBuilder().withName(name);
    ConfigMapFile map = dataset.configMap();
    VolumeFile file = dataset.volume();
    if (map != null) {
      return volume
          .withNewConfigMap()
          .withName(map.name())
          .withItems(new KeyToPath(map.key(), null, PodContract.DATASET_FILE))
          .endConfigMap()
          .build();
    }
    if (file != null) {
      return volume.withNewPersistentVolumeClaim(file.claimName(), true).build();
    }
    throw new IllegalArgumentException(
        "spec.datasets '%s' has neither configMap nor volume".formatted(dataset.name()));
  }

  private static void mount(PodSpecBuilder pod, Volume volume, String path) {
    pod.addToVolumes(volume)
        .editFirstContainer()
        .addToVolumeMounts(RestrictedPod.mount(volume.getName(), path).withReadOnly(true).build())
        .endContainer();
  }
}
