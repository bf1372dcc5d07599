package dev.squall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where results end up, and what is said when they cannot. */
final class ResultsE2E {
  private final Installed squall = Installed.shared();

  @Test
  void aVolumeTakesTheFiles() {
    try (Space space = squall.space("volume")) {
      space.apply(
          """
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata: {name: results}
          spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Mi}}}
          """);
      String results =
          """
            results:
              persistentVolumeClaim: {claimName: results}
          """;
      String run = space.start(Manifests.steady(1, "3s", results), "steady");
      LoadTestRunStatus status = space.awaitCompleted(run, 90);
      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Passed);
      Condition stored = condition(status);
      assertThat(stored.status()).as(stored.message()).isEqualTo("True");
      assertThat(status.files()).isNotEmpty().allMatch(f -> f.url().startsWith("pvc://results/"));
    }
  }

  @Test
  void withoutStorageTheCoordinatorServesTheFilesToWhoHasTheToken()
      throws IOException, InterruptedException {
    try (Space space = squall.space("kept")) {
      String run = space.start(Manifests.steady(1, "3s", ""), "steady");
      LoadTestRunStatus status = space.awaitCompleted(run, 90);
      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Passed);
      assertServes(space, run, status);
    }
  }

  @Test
  void aMissingBucketIsSaidAndTheFilesStayFetchable() throws IOException, InterruptedException {
    try (Space space = squall.space("no-bucket")) {
      String results = Manifests.stored().replace("bucket: load-tests", "bucket: absent-bucket");
      String run = space.start(Manifests.steady(1, "3s", results), "steady");
      LoadTestRunStatus status = space.awaitCompleted(run, 240);
      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Passed);
      Condition stored = condition(status);
      assertThat(stored.status()).isEqualTo("False");
      assertThat(stored.message()).contains("absent-bucket");
      assertServes(space, run, status);
    }
  }

  @Test
  void everyPanelOfTheDashboardHasDataOfARealRun() throws IOException {
    try (Space space = squall.space("metrics")) {
      String run = space.start(Manifests.steady(1, "60s", ""), "steady");
      space.awaitRunning(run);
      Pod coordinator = space.pods(run, PodContract.COORDINATOR).getFirst();
      try (LocalPortForward forward =
          space.client().pods().resource(coordinator).portForward(PodContract.PORT)) {
        Shell.run(
            Map.of(),
            List.of(
                "python3",
                TestCluster.ROOT.resolve("grafana/check.py").toString(),
                "--scrape",
                "http://127.0.0.1:" + forward.getLocalPort() + "/metrics",
                "--seconds",
                "20"));
      }
    }
  }

  private static void assertServes(Space space, String run, LoadTestRunStatus status)
      throws IOException, InterruptedException {
    assertThat(status.files()).isNotEmpty();
    Pod coordinator = space.pods(run, PodContract.COORDINATOR).getFirst();
    try (LocalPortForward forward =
            space.client().pods().resource(coordinator).portForward(PodContract.PORT);
        HttpClient http = HttpClient.newHttpClient()) {
      URI file =
          URI.create(
              "http://127.0.0.1:%d%ssteady_stats.csv"
                  .formatted(forward.getLocalPort(), PodContract.FILES_PATH));
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(file)
                  .header("Authorization", "Bearer " + token(space, run))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains(",Aggregated," + status.requests() + ",");
    }
  }

  private static String token(Space space, String run) {
    String encoded =
        space
            .client()
            .secrets()
            .inNamespace(space.namespace())
            .withLabel(PodContract.RUN_LABEL, run)
            .list()
            .getItems()
            .getFirst()
            .getData()
            .get(PodContract.TOKEN_KEY);
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  private static Condition condition(LoadTestRunStatus status) {
    return status.conditions().stream()
        .filter(c -> c.type().equals("ResultsStored"))
        .findAny()
        .orElseThrow();
  }
}
