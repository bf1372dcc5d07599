package dev.squall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.squall.api.check.Checked;
import dev.squall.api.check.Manifests;
import dev.squall.api.check.Problem;
import dev.squall.api.check.WrongManifests;
import dev.squall.api.check.WrongManifests.Wrong;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestRunSpec;
import dev.squall.api.v1alpha1.LoadTestSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Each wrong manifest that a schema can see is refused by the API server's admission, at the same
 * field and in the same words as offline.
 */
final class AdmissionE2E {
  private final TestCluster cluster = TestCluster.shared();

  @BeforeAll
  static void theCrdsAreThere() {
    TestCluster cluster = TestCluster.shared();
    cluster.kubectl(
        "apply",
        "-f",
        TestCluster.ROOT.resolve("crds/src/main/resources/dev/squall/crds").toString());
    cluster
        .client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("loadtests.squall.dev")
        .waitUntilCondition(
            crd ->
                crd != null
                    && crd.getStatus() != null
                    && crd.getStatus().getConditions().stream()
                        .anyMatch(
                            c -> c.getType().equals("Established") && c.getStatus().equals("True")),
            30,
            TimeUnit.SECONDS);
  }

  @Test
  void theManifestThatTheWrongOnesAreMadeFromIsTaken() {
    Wrong right = new Wrong("none", WrongManifests.base(), false, "", "");

    assertThat(admission(right)).isEmpty();
  }

  @Test
  void theApiServerRefusesAtTheSameFieldAsOffline() {
    List<Executable> rows = new ArrayList<>();
    for (Wrong wrong : WrongManifests.all()) {
      if (!wrong.byOperator()) {
        rows.add(
            () -> {
              String answer = admission(wrong).orElse("accepted");
              assertThat(answer).as(wrong.name()).contains(wrong.field(), wrong.message());
              for (Problem problem : offline(wrong)) {
                // Offline says nothing that the API server does not.
                assertThat(answer).as(wrong.name()).contains(problem.message());
              }
            });
      }
    }
    assertAll(rows);
  }

  @Test
  void aRunsTestIsSetOnceAsJavaWritesItAndNeverChanges() {
    LoadTestSpec test = accepted(WrongManifests.base().toString());
    LoadTestSpec other = accepted(WrongManifests.base().toString().replace("60s", "61s"));
    String name = "frozen-" + Long.toString(System.nanoTime(), 36);
    Resource<LoadTestRun> run =
        cluster.client().resource(run(name, new LoadTestRunSpec("wrong", null, null)));
    run.create();
    try {
      LoadTestRun frozen = set(name, new LoadTestRunSpec("wrong", 3L, test));

      assertThat(frozen.getSpec().test()).isEqualTo(test);
      refused(name, new LoadTestRunSpec("wrong", 3L, other), "test is immutable once set");
      refused(name, new LoadTestRunSpec("wrong", 3L, null), "test is immutable once set");
      refused(name, new LoadTestRunSpec("wrong", 4L, test), "generation is immutable once set");
      refused(name, new LoadTestRunSpec("right", 3L, test), "loadTest is immutable");
    } finally {
      run.delete();
    }
  }

  private LoadTestRun set(String name, LoadTestRunSpec spec) {
    while (true) {
      try {
        return cluster.client().resource(run(name, spec)).update();
      } catch (KubernetesClientException e) {
        // The operator, where there is one, writes to the run too.
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
      }
    }
  }

  private void refused(String name, LoadTestRunSpec spec, String message) {
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> set(name, spec))
        .withMessageContaining(message);
  }

  private static LoadTestRun run(String name, LoadTestRunSpec spec) {
    LoadTestRun run = new LoadTestRun();
    run.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("default").build());
    run.setSpec(spec);
    return run;
  }

  private static LoadTestSpec accepted(String manifest) {
    return switch (Manifests.check(manifest).getFirst()) {
      case Checked.Accepted(var accepted) -> accepted.spec();
      case Checked.Refused(var name, var problems) -> throw new AssertionError(name + problems);
    };
  }

  private Optional<String> admission(Wrong wrong) {
    try {
      cluster
          .client()
          .raw(
              "/apis/squall.dev/v1alpha1/namespaces/default/loadtests"
                  + "?dryRun=All&fieldValidation=Strict",
              "POST",
              wrong.manifest());
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<Problem> offline(Wrong wrong) {
    return switch (Manifests.check(wrong.yaml()).getFirst()) {
      case Checked.Accepted _ -> List.of();
      case Checked.Refused(var _, var problems) -> problems;
    };
  }
}
