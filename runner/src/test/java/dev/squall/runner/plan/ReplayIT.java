package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.squall.runner.engine.Load;
import dev.squall.runner.engine.arrival.ArrivalSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs that are replayed. */
class ReplayIT {
  @TempDir private Path folder;

  private CompiledPlan compile(String log, String format, String replay, String more)
      throws IOException {
    Path file = Files.writeString(folder.resolve("log"), log);
    return PlanCompiler.compile(
        Written.plan(
            """
            apiVersion: squall.dev/v1alpha1
            kind: LoadTest
            metadata: {name: loads}
            spec:
              target: {url: "http://target:8080"}
              loads: [{name: one, arrivals: {replay: {dataset: log, %s}}%s}]
              scenarios: [{name: s, tasks: [{name: t, request: {path: /}}]}]
              datasets: [{name: log, format: %s, configMap: {name: log, key: log}}]
            """
                .formatted(replay, more, format)),
        new Sources.Named(Map.of(), Map.of("log", file)));
  }

  private List<Double> seconds(String log, String format, String replay, String more)
      throws IOException {
    Load load = compile(log, format, replay, more).workload().loads().getFirst();
    ArrivalSchedule schedule = ((Load.Open) load).schedule();
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < schedule.count(); i++) {
      seconds.add(schedule.arrivalNanos(i) / 1e9);
    }
    return seconds;
  }

  private static final String CSV =
      """
      path,at
      /a,2026-11-24T14:51:16.500Z
      /b,2026-11-24T15:51:15+01:00

      "/c, d",2026-11-24T14:51:19.250Z
      """;

  @Test
  void aCsvLogIsReplayedInTheOrderOfItsInstants() throws IOException {
    assertThat(seconds(CSV, "Csv", "field: at", "")).containsExactly(0.0, 1.5, 4.25);
    assertThat(seconds(CSV, "Csv", "field: at, speed: 2", "")).containsExactly(0.0, 0.75, 2.125);
    assertThat(seconds(CSV, "Csv", "field: at", ", iterations: 2")).containsExactly(0.0, 1.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UnixSeconds | 1795531876.5 | 1795531878",
        "UnixSeconds | \"1795531876.5\" | 1795531878.000",
        "UnixMillis | 1795531876500 | 1.795531878e12",
        "Rfc3339 | \"2026-11-24T14:51:16.5Z\" | \"2026-11-24T14:51:18Z\""
      })
  void aLogOfJsonLinesIsReplayed(String format, String first, String second) throws IOException {
    String log =
        "{\"at\": %s, \"status\": 200}\n\n{\"request\": {\"x\": [1]}, \"at\": %s}\n"
            .formatted(first, second);
    assertThat(seconds(log, "JsonLines", "field: at, format: " + format, ""))
        .containsExactly(0.0, 1.5);
  }

  @Test
  void aLogThatIsOnlyReplayedIsHashedButNotHeld() throws IOException {
    CompiledPlan compiled = compile(CSV, "Csv", "field: at", "");
    assertThat(compiled.workload().datasets()).isEmpty();
    assertThat(compiled.datasets().getFirst().sha256()).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Csv | path,at\\n/a,soon | field: at | line 2 says 'soon', which is not Rfc3339: set replay.format",
        "Csv | path,at\\n/a,1795531876 | field: time | no column 'time', which replay.field names; it has path, at",
        "Csv | path,at\\n | field: at | no line to replay",
        "Csv | path,at\\n/a | field: at | line 2 has no column 'at'",
        "JsonLines | {\"at\": 5}\\n{\"at\": null} | field: at, format: UnixSeconds | line 2 has no field 'at'",
        "JsonLines | {\"at\": 5}\\nnope | field: at, format: UnixSeconds | line 2 is not JSON",
        "JsonLines | 5 | field: at, format: UnixSeconds | line 1 has no field 'at'"
      })
  void aLogThatCannotBeReadIsRefusedWithItsLine(
      String format, String log, String replay, String message) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> seconds(log.replace("\\n", "\n"), format, replay, ""))
        .withMessageContaining("spec.loads[0].arrivals.replay: ")
        .withMessageContaining(message);
  }
}
