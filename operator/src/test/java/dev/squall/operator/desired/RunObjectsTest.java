package dev.squall.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.PodContract;
import dev.squall.operator.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden files stand in the test's resources; {@code -Dsquall.regenerate} writes them anew. */
class RunObjectsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/squall/operator/desired");
  private static final RunIdentity RUN =
      new RunIdentity("models", "heart-disease", "heart-disease-1-abcde", "uid-of-run");
  private static final ClusterSettings SETTINGS =
      new ClusterSettings(
          "squall-runner:dev",
          "IfNotPresent",
          List.of(),
          1,
          "cluster.local",
          "squall-system",
          List.of("monitoring"));

  @ParameterizedTest
  @ValueSource(strings = {"plain", "everything"})
  void theObjectsAreTheGoldenOnes(String name) throws IOException {
    LoadTestSpec test = Samples.spec(Files.readString(GOLDEN.resolve(name + ".spec.yaml")));
    String objects =
        RunObjects.inOrder(RUN, test, SETTINGS, "the-token").stream()
            .map(Serialization::asYaml)
            .collect(Collectors.joining());
    Path golden = GOLDEN.resolve(name + ".objects.yaml");
    if (System.getProperty("squall.regenerate") != null) {
      Files.writeString(golden, objects);
    }

    assertThat(objects).isEqualTo(Files.readString(golden));
  }

  @Test
  void everyObjectIsOwnedByTheRunAndLabelled() {
    assertThat(RunObjects.inOrder(RUN, Samples.plain(), SETTINGS, "t"))
        .hasSize(7)
        .allSatisfy(
            o -> {
              assertThat(o.getMetadata().getOwnerReferences())
                  .extracting("kind", "name", "uid")
                  .containsExactly(tuple("LoadTestRun", "heart-disease-1-abcde", "uid-of-run"));
              assertThat(o.getMetadata().getLabels())
                  .containsEntry(PodContract.RUN_LABEL, "heart-disease-1-abcde")
                  .containsEntry(PodContract.LOADTEST_LABEL, "heart-disease");
              assertThat(o.getMetadata().getFinalizers()).isEmpty();
            });
  }

  @Test
  void theCoordinatorComesLastSinceNoLoadStartsWithoutIt() {
    assertThat(RunObjects.inOrder(RUN, Samples.plain(), SETTINGS, "t").getLast())
        .extracting(o -> o.getMetadata().getName())
        .isEqualTo("heart-disease-1-abcde-coordinator");
  }

  @Test
  void aTemplateCannotTakeAwayWhatTheOperatorFindsItsPodsBy() {
    LoadTestSpec test =
        Samples.plain(
            "runners: {count: 2}",
            """
            runners:
              count: 2
              template:
                metadata: {labels: {squall.dev/run: mine, team: ml}}
                spec: {restartPolicy: Always, subdomain: mine, hostname: mine}\
            """);

    var template = RunObjects.jobs(RUN, test, SETTINGS).getFirst().getSpec().getTemplate();

    assertThat(template.getMetadata().getLabels())
        .containsEntry("team", "ml")
        .containsEntry(PodContract.RUN_LABEL, "heart-disease-1-abcde");
    assertThat(template.getSpec())
        .extracting("restartPolicy", "subdomain", "hostname")
        .containsExactly("Never", "heart-disease-1-abcde-runners", null);
  }

  @Test
  void aTemplateOfTheWrongShapeNamesItsField() {
    LoadTestSpec test =
        Samples.plain("coordinator: {}", "coordinator: {template: {spec: {containers: {a: b}}}}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunObjects.jobs(RUN, test, SETTINGS))
        .withMessageContaining("spec.coordinator.template.spec.containers");
  }

  @Test
  void aLargePlanIsGzippedAndReadsBackTheSame() throws IOException {
    String many =
        IntStream.range(0, 64)
            .mapToObj(
                i ->
                    "  - {name: task %d, weight: 1, request: {method: POST, path: /, timeout: 30s, text: '%s'}}"
                        .formatted(i, "x".repeat(1000)))
            .collect(Collectors.joining("\n"));
    LoadTestSpec test =
        Samples.plain(
            "  - {name: predict, weight: 1, request: {method: GET, path: /, timeout: 30s}}", many);

    ConfigMap plan = PlanConfigMap.of(RUN, test, SETTINGS);

    assertThat(plan.getData()).isNullOrEmpty();
    byte[] zipped = Base64.getDecoder().decode(plan.getBinaryData().get("plan.json.gz"));
    assertThat(zipped.length).isLessThan(16 * 1024);
    String json =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(new ObjectMapper().readValue(json, Plan.class).test()).isEqualTo(test);
  }

  @Test
  void aNullOfTheSpecIsStillNullInThePlan() throws IOException {
    LoadTestSpec test =
        Samples.plain(
            "runners: {count: 2}",
            "payloads: [{name: p, fields: {a: {constant: {value: null}}}}]\nrunners: {count: 2}");

    HasMetadata plan = PlanConfigMap.of(RUN, test, SETTINGS);

    String json = ((ConfigMap) plan).getData().get("plan.json");
    assertThat(json).contains("\"constant\":{\"value\":null}");
    assertThat(new ObjectMapper().readValue(json, Plan.class).test()).isEqualTo(test);
  }

  @Test
  void aTargetInAnotherNamespaceHasThatNamespacesAddress() {
    LoadTestSpec test =
        Samples.plain(
            "target: {service: {name: heart-disease, port: 8080, scheme: http}}",
            "target: {service: {name: m, namespace: other, port: 8443, scheme: https}}");

    assertThat(PlanConfigMap.of(RUN, test, SETTINGS).getData().get("plan.json"))
        .contains("\"targetUrl\":\"https://m.other.svc.cluster.local.:8443\"");
  }
}
