package dev.squall.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Request;
import dev.squall.api.v1alpha1.Task;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The offline check answers as the API server and the operator do. */
class ManifestsTest {
  static Stream<WrongManifests.Wrong> wrong() {
    return WrongManifests.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void refusesAtTheFieldAndSaysTheFix(WrongManifests.Wrong wrong) {
    Checked checked = Manifests.check(wrong.yaml()).getFirst();

    assertThat(checked).isInstanceOf(Checked.Refused.class);
    List<Problem> problems = ((Checked.Refused) checked).problems();
    assertThat(problems)
        .as("%s", problems)
        .anyMatch(
            problem ->
                problem.field().equals(wrong.field())
                    && problem.message().contains(wrong.message()));
  }

  @Test
  void acceptsTheManifestThatTheWrongOnesAreMadeFrom() {
    String yaml = new WrongManifests.Wrong("none", WrongManifests.base(), false, "", "").yaml();

    assertThat(Manifests.check(yaml))
        .allSatisfy(c -> assertThat(c).isInstanceOf(Checked.Accepted.class));
  }

  @Test
  void theTableHasAtLeastFortyKinds() {
    assertThat(WrongManifests.all()).hasSizeGreaterThan(40).doesNotHaveDuplicates();
  }

  private static final String SMALL =
      """
      apiVersion: squall.dev/v1alpha1
      kind: LoadTest
      metadata: {name: small, namespace: models}
      spec:
        target: {url: "http://target:8080"}
        loads: [{name: all, users: {count: 1}, requests: 1}]
        scenarios: [{name: s, tasks: [{name: t, request: {path: /}}]}]
      """;

  @Test
  void fillsInTheDefaultsOfTheCrd() {
    LoadTestManifest manifest = accepted(SMALL);

    assertThat(manifest.name()).isEqualTo("small");
    assertThat(manifest.namespace()).hasValue("models");
    LoadTestSpec spec = manifest.spec();
    assertThat(spec.seed()).isEqualTo(1);
    assertThat(spec.startTimeout()).isEqualTo("5m");
    assertThat(spec.runners().count()).isEqualTo(1);
    assertThat(spec.results().linger()).isEqualTo("1h");
    assertThat(spec.loads().getFirst().gracefulStop()).isEqualTo("30s");
    Task task = spec.scenarios().getFirst().tasks().getFirst();
    assertThat(task.weight()).isEqualTo(1);
    Request request = Objects.requireNonNull(task.request());
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.timeout()).isEqualTo("30s");
  }

  @Test
  void readsYamlAsKubectlDoes() {
    // Neither a time of day nor a date nor a base-60 number: texts. Anchors and merges work.
    LoadTestManifest manifest =
        accepted(
            SMALL
                .replace(
                    "name: small",
                    "name: &n 12-30, annotations: {a: 2026-11-24, b: 1:30, <<: {c: d}}")
                .replace("12-30", "'12-30'"));
    assertThat(manifest.name()).isEqualTo("12-30");
  }

  @Test
  void nullMeansAbsence() {
    assertThat(accepted(SMALL + "  seed: null\n  tags: null\n").spec().seed()).isEqualTo(1);
  }

  @Test
  void checksEachLoadTestOfAFileAndPassesOverTheRest() {
    String configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";
    List<Checked> checked =
        Manifests.check(
            configMap + "---\n" + SMALL + "---\n\n---\n" + SMALL.replace("count: 1", "count: 0"));

    assertThat(checked).hasSize(2);
    assertThat(checked.get(0)).isInstanceOf(Checked.Accepted.class);
    assertThat(checked.get(1)).isInstanceOf(Checked.Refused.class);
    assertThat(Manifests.check(configMap).getFirst().toString())
        .contains("no LoadTest in the file (found ConfigMap)");
    assertThat(Manifests.check("").getFirst().toString()).contains("found nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "kind: [LoadTest; not YAML: line",
        "'a: 1\na: 2'; not YAML: line 2: found duplicate key a",
        "'apiVersion: squall.dev/v1\nkind: LoadTest'; apiVersion: must be squall.dev/v1alpha1",
        "'apiVersion: squall.dev/v1alpha1\nkind: LoadTest\nspec: {}'; metadata.name: Required value",
        "'[1, 2]'; no LoadTest",
        "'just text'; no LoadTest"
      })
  void saysWhatIsWrongWithAFileThatIsNoManifest(String text, String message) {
    Checked checked = Manifests.check(text.replace("\\n", "\n")).getFirst();

    assertThat(((Checked.Refused) checked).problems())
        .anyMatch(problem -> problem.toString().contains(message));
  }

  @Test
  void aGeneratedNameIsAName() {
    assertThat(accepted(SMALL.replace("name: small", "generateName: small-")).name())
        .isEqualTo("small-local");
  }

  private static LoadTestManifest accepted(String yaml) {
    return switch (Manifests.check(yaml).getFirst()) {
      case Checked.Accepted(var manifest) -> manifest;
      case Checked.Refused(var name, var problems) -> throw new AssertionError(name + problems);
    };
  }
}
