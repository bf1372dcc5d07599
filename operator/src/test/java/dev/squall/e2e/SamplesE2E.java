package dev.squall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation tells a user to apply. */
final class SamplesE2E {
  private final Installed squall = Installed.shared();

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(TestCluster.ROOT.resolve("deploy/samples"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsAdmitted(Path sample) {
    squall.cluster().kubectl("apply", "--dry-run=server", "-f", sample.toString());
  }

  @Test
  void theInstallManifestCanBeAppliedAgain() {
    String printed =
        squall
            .cluster()
            .kubectl("apply", "-f", TestCluster.ROOT.resolve("deploy/install.yaml").toString());
    assertThat(printed).doesNotContain("created");
    squall.awaitDeployment("squall-system", "squall-operator");
  }

  @Test
  void kubectlExplainsEveryPartOfTheSpec() {
    String printed = squall.cluster().kubectl("explain", "loadtest.spec", "--recursive");
    assertThat(printed).contains("scenarios", "payloads", "thresholds", "gracefulStop");
    assertThat(squall.cluster().kubectl("explain", "loadtest.spec.loads.users.spawnRate"))
        .contains("started per second");
  }
}
