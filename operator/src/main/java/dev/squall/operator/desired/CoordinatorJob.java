package dev.squall.operator.desired;

import dev.squall.api.check.LoadLength;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Resources;
import dev.squall.api.v1alpha1.ResultsVolume;
import dev.squall.api.v1alpha1.S3;
import dev.squall.api.v1alpha1.S3Credentials;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;

/**
 * The coordinator: a Job of one pod. A coordinator that is killed comes back, since it resumes and
 * never starts a run again: its container restarts in place, at once, where the pod still stands
 * (runners stop when they hear nothing for 10 s), and the Job replaces a pod that is gone.
 */
final class CoordinatorJob {
  private CoordinatorJob() {}

  static Job of(RunIdentity run, LoadTestSpec test, ClusterSettings settings) {
    return new JobBuilder()
        .withMetadata(
            run.metadata(Names.coordinatorJob(run.run()), Labels.of(run, PodContract.COORDINATOR)))
        .withNewSpec()
        .withCompletions(1)
        .withParallelism(1)
        .withBackoffLimit(LoadLength.COORDINATOR_RESTARTS)
        .withTemplate(
            RestrictedPod.template(
                run,
                PodContract.COORDINATOR,
                pod(run, test, settings),
                test.coordinator().template()))
        .endSpec()
        .build();
  }

  private static PodSpec pod(RunIdentity run, LoadTestSpec test, ClusterSettings settings) {
    Resources asked = test.coordinator().resources();
    Resources resources = asked == null ? ClusterSettings.SMALL : asked;
    PodSpecBuilder pod =
        RestrictedPod.spec(run, PodContract.COORDINATOR, resources, settings)
            .withRestartPolicy("OnFailure")
            .editFirstContainer()
            .addNewEnv()
            .withName(PodContract.RUNNER_URL_VARIABLE)
            .withValue(
                "http://%s-%%d.%s:%d"
                    .formatted(
                        Names.runnerJob(run.run()),
                        settings.serviceHost(Names.runnerService(run.run()), run.namespace()),
                        PodContract.PORT))
            .endEnv()
            .addAllToEnv(credentials(test))
            .withNewLivenessProbe()
            .withNewHttpGet()
            .withPath(PodContract.HEALTH_PATH)
            .withPort(new IntOrString(PodContract.PORT_NAME))
            .endHttpGet()
            .withInitialDelaySeconds(30)
            .withPeriodSeconds(10)
            .withTimeoutSeconds(5)
            .withFailureThreshold(6)
            .endLivenessProbe()
            .endContainer();
    ResultsVolume volume = test.results().persistentVolumeClaim();
    if (volume != null) {
      pod.addNewVolume()
          .withName("results")
          .withNewPersistentVolumeClaim(volume.claimName(), false)
          .endVolume()
          .editFirstContainer()
          .addToVolumeMounts(RestrictedPod.mount("results", PodContract.RESULTS_DIR).build())
          .endContainer();
    }
    return pod.build();
  }

  private static List<EnvVar> credentials(LoadTestSpec test) {
    S3 s3 = test.results().s3();
    S3Credentials credentials = s3 == null ? null : s3.credentials();
    return credentials == null
        ? List.of()
        : List.of(
            fromSecret("AWS_ACCESS_KEY_ID", credentials.secretName()),
            fromSecret("AWS_SECRET_ACCESS_KEY", credentials.secretName()));
  }

  private static EnvVar fromSecret(String key, String secret) {
    return new EnvVarBuilder()
        .withName(key)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, secret, false)
        .endValueFrom()
        .build();
  }
}
