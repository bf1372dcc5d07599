package dev.squall.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadLengthTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // from the start instant, and the graceful stop
        "users: {count: 1}, duration: 60s | 90",
        "users: {count: 1}, duration: 60s, gracefulStop: 5s, start: 10s | 75",
        // the stages end the load
        "users: {stages: [{ramp: {to: 5, duration: 10s}}, {hold: {duration: 20s}}]} | 60",
        "arrivals: {stages: [{spike: {peak: 5, rise: 1s, hold: 2s, fall: 3s}}]} | 36",
        "arrivals: {stages: [{sine: {mean: 5, amplitude: 5, period: 1s, duration: 4s}}]} | 34",
        // the duration cuts the stages short
        "arrivals: {stages: [{step: {to: 5, duration: 1m}}]}, duration: 10s | 40",
        "arrivals: {replay: {dataset: log, field: at}}, duration: 10s | 40",
        "arrivals: {rate: 5}, duration: 10s, iterations: 100 | 40"
      })
  void isWhatTheSpecSays(String load, long seconds) {
    assertThat(LoadLength.longest(spec(load))).hasValue(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "users: {count: 1}, requests: 10",
        "arrivals: {rate: 5}, iterations: 100",
        "arrivals: {stages: [{step: {to: 5, duration: 1m}}]}, iterations: 100",
        "arrivals: {replay: {dataset: log, field: at}}",
        "loadGen: {scenario: SingleStream}"
      })
  void isUnknownWhereTimeDoesNotEndTheLoad(String load) {
    assertThat(LoadLength.longest(spec(load))).isEmpty();
  }

  @Test
  void isThatOfTheLoadThatEndsLast() {
    assertThat(
            LoadLength.longest(
                spec(
                    "users: {count: 1}, duration: 60s}, {name: surge, arrivals: {rate: 9}, start:"
                        + " 50s, duration: 20s, gracefulStop: 1s")))
        .hasValue(Duration.ofSeconds(90));
  }

  @Test
  void ofASearchHasTheTrialsThatEachRestartOfTheCoordinatorCutsOff() {
    Duration trial = Duration.ofSeconds(5 + 300);
    Duration between = Duration.ofSeconds(30 + 20);
    Duration again = trial.plus(between).plusMinutes(2);
    assertThat(
            LoadLength.longest(
                spec(
                    "arrivals: {rate: 9}, duration: 60s, gracefulStop: 30s",
                    "  capacity: {rate: {from: 1, to: 9}, settle: 5s, trial: 1m, confirmAtMost: 5m,"
                        + " atMost: 10m}\n"
                        + "  thresholds: [{failureRatio: {below: 0.1}}]\n")))
        .hasValue(
            Duration.ofMinutes(10)
                .plus(trial)
                .plus(between.multipliedBy(64))
                .plus(again.multipliedBy(6)));
  }

  private static dev.squall.api.v1alpha1.LoadTestSpec spec(String load) {
    return spec(load, "");
  }

  private static dev.squall.api.v1alpha1.LoadTestSpec spec(String load, String more) {
    String yaml =
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: small}
        spec:
          target: {url: "http://target:8080"}
          loads: [{name: one, %s}]
          scenarios: [{name: s, tasks: [{name: t, request: {path: /}}]}]
          datasets: [{name: log, format: JsonLines, configMap: {name: log, key: access.log}}]
        """
                .formatted(load)
            + more;
    return switch (Manifests.check(yaml).getFirst()) {
      case Checked.Accepted(var manifest) -> manifest.spec();
      case Checked.Refused(var name, var problems) -> throw new AssertionError(name + problems);
    };
  }
}
