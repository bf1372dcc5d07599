package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.check.Checked;
import dev.squall.api.check.LoadTestManifest;
import dev.squall.api.check.Manifests;
import dev.squall.api.wire.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The plan that images are trained with; {@code -Dsquall.regenerate} writes it anew. */
final class TrainingPlanTest {
  private static final Path MANIFEST =
      Path.of("src/test/resources/dev/squall/runner/cli/training.yaml");
  private static final Path PLAN =
      Path.of("src/main/resources/dev/squall/runner/cli/training-plan.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void theTrainingPlanIsThatOfItsManifest() throws IOException {
    Checked checked = Manifests.check(Files.readString(MANIFEST)).getFirst();
    assertThat(checked).isInstanceOf(Checked.Accepted.class);
    LoadTestManifest manifest = ((Checked.Accepted) checked).manifest();
    String plan =
        JSON.writeValueAsString(
                new Plan(
                    "training",
                    manifest.name(),
                    "training-1",
                    "00000000-0000-4000-8000-000000000000",
                    1,
                    "http://127.0.0.1",
                    manifest.spec()))
            + "\n";
    if (System.getProperty("squall.regenerate") != null) {
      Files.writeString(PLAN, plan);
    }
    assertThat(PLAN).hasContent(plan);
  }
}
