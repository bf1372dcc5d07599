package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.runner.engine.Load;
import dev.squall.runner.engine.Population;
import dev.squall.runner.engine.Scenario;
import dev.squall.runner.engine.Series;
import dev.squall.runner.engine.Task;
import dev.squall.runner.engine.Wait;
import dev.squall.runner.engine.Workload;
import dev.squall.runner.engine.payload.Draw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The seed's LoadTest, as the sample has it. */
class SeedPlanTest {
  private static final List<String> FIELDS =
      List.of(
          "age",
          "sex",
          "cp",
          "trestbps",
          "chol",
          "fbs",
          "restecg",
          "thalach",
          "exang",
          "oldpeak",
          "slope",
          "ca",
          "thal");

  private final Workload workload = Written.workload(sample());

  private static String sample() {
    try {
      return Files.readString(Path.of("../deploy/samples/heart-disease.yaml"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theLoadIsTwentyUsersFiveASecondForAMinute() {
    assertThat(workload.seed()).isEqualTo(42);
    assertThat(workload.loads())
        .containsExactly(
            new Load.Closed(
                Load.Terms.of("expected", OptionalLong.of(60_000_000_000L), 30_000_000_000L),
                new Population.Spawned(20, 5),
                OptionalLong.empty(),
                OptionalLong.empty()));
  }

  @Test
  void usersWaitOneToFiveSecondsAndSendFourValidRequestsToOneWithAFieldMissing() {
    Scenario patient = workload.scenarios().getFirst();

    assertThat(patient.pause()).isEqualTo(new Wait.Between(1_000_000_000L, 5_000_000_000L));
    assertThat(patient.tasks()).extracting(Task::weight).containsExactly(4.0, 1.0);
    assertThat(workload.series())
        .containsExactly(
            new Series(0, "predict", "POST"),
            new Series(1, "predict with a field missing", "POST"));
  }

  @Test
  void eachPatientHasAllThirteenFieldsInTheirRangesAndTheyDiffer() throws IOException {
    Set<String> bodies = new HashSet<>();
    for (int user = 0; user < 20; user++) {
      for (int iteration = 0; iteration < 50; iteration++) {
        String body = body(0, user, iteration);
        JsonNode patient = new JsonMapper().readTree(body);
        assertThat(patient.fieldNames()).toIterable().containsExactlyElementsOf(FIELDS);
        assertThat(patient.path("age").asInt()).isBetween(29, 77);
        assertThat(patient.path("trestbps").asInt()).isBetween(94, 200);
        assertThat(patient.path("oldpeak").asDouble()).isBetween(0.0, 6.2);
        assertThat(patient.path("ca").asInt()).isBetween(0, 4);
        bodies.add(body);
      }
    }
    assertThat(bodies).hasSizeGreaterThan(990);
  }

  @Test
  void anInvalidPatientLacksExactlyOneFieldAndNotAlwaysTheSame() throws IOException {
    Set<String> missing = new HashSet<>();
    for (int iteration = 0; iteration < 500; iteration++) {
      JsonNode patient = new JsonMapper().readTree(body(1, 3, iteration));
      assertThat(patient.size()).isEqualTo(12);
      FIELDS.stream().filter(field -> !patient.has(field)).forEach(missing::add);
    }
    assertThat(missing).containsExactlyInAnyOrderElementsOf(FIELDS);
  }

  @Test
  void theSameUserAndIterationSendTheSameBody() {
    assertThat(body(0, 7, 3)).isEqualTo(body(0, 7, 3)).isNotEqualTo(body(0, 7, 4));
  }

  private String body(int task, int user, int iteration) {
    Draw draw = new Draw(workload.seed(), workload.users()).at(user, iteration, 0);
    return Written.body(
        workload.scenarios().getFirst().tasks().get(task).steps().getFirst().request(), draw);
  }
}
