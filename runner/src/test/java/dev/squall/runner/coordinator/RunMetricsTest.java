package dev.squall.runner.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.RunnersStatus;
import dev.squall.api.wire.RunValidity;
import dev.squall.runner.control.PodMetrics;
import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.ConnectionStep;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Seconds;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunMetricsTest {
  private static final String RUN =
      "loadtest=\"checkout\",namespace=\"shop\",run=\"checkout-1-abcde\"";

  private static List<String> lines() {
    RunProgress progress = new RunProgress(Plans.plan(1, "http://target", ""));
    progress.add(
        Seconds.of(1, 7)
            .failing("predict", "POST", 2, 3, 40, 400)
            .requests("order/pay", "POST", 90_000)
            .failure("predict", "POST", FailureKind.CONNECT, "refused", 1)
            .cut());
    progress.runners(
        new RunnersStatus(1, 1, 0, 0, 250L, 40L),
        List.of(),
        new RunValidity(
            List.of(),
            new RunValidity.Clocks(1, 250, 40, null, null),
            new RunValidity.Engine("epoll", null, "BoringSSL", "HTTP/1.1"),
            List.of(
                new RunValidity.RunnerHealth(
                    "runner-3",
                    900L,
                    3_000L,
                    9_000L,
                    100,
                    2_000,
                    5_000,
                    null,
                    null,
                    null,
                    600L,
                    500L,
                    1_500_000L,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    2,
                    500L,
                    "tsc"))));
    return lines(progress);
  }

  private static List<String> lines(RunProgress progress) {
    try (PodMetrics metrics = new PodMetrics(progress.plan()).with(new RunMetrics(progress))) {
      return new String(metrics.text(), UTF_8).lines().filter(l -> !l.startsWith("#")).toList();
    }
  }

  private static String series(String name, String task, String more) {
    return "%s{%s}".formatted(name, labels(task, more));
  }

  private static String labels(String task, String more) {
    String all = RUN.replace("namespace", "method=\"POST\",namespace") + ",task=\"" + task + "\"";
    return more.isEmpty() ? all : more.replace("*", all);
  }

  @Test
  void streamedAnswersHaveTheirTimesAndOnlyWhereThereAreAny() {
    assertThat(lines()).noneMatch(line -> line.startsWith("squall_stream"));
    RunProgress progress = new RunProgress(Plans.plan(1, "http://target", ""));
    progress.add(Seconds.of(1, 7).stream("chat", "POST", 80, 20, 40).cut());
    assertThat(lines(progress))
        .contains(
            series("squall_stream_units_total", "chat", "") + " 3.0",
            series("squall_time_to_first_distribution_seconds_count", "chat", "") + " 1",
            series("squall_time_between_distribution_seconds_count", "chat", "") + " 2",
            series("squall_time_between_distribution_seconds_sum", "chat", "") + " 0.06");
  }

  @Test
  void connectionsHaveTheirStepsAndTheBusiestAddressesTheirOwnSeries() {
    RunProgress progress = new RunProgress(Plans.plan(1, "http://target", ""));
    Snapshot second = Seconds.of(1, 7).requests("predict", "POST", 3).cut();
    ConnectionCounts counts = second.connections();
    counts.took(ConnectionStep.CONNECT, 2_000_000);
    counts.took(ConnectionStep.RESUMPTION, 3_000_000);
    counts.failed(ConnectionStep.RESOLVE);
    int all = ConnectionSeries.MOST_ADDRESSES + 7;
    for (int i = 0; i < all; i++) {
      ConnectionCounts.Address address = counts.address("10.0.0.%d:80".formatted(i));
      address.opened();
      for (int sent = 0; sent <= i; sent++) {
        address.sent();
      }
    }
    progress.add(second);
    List<String> lines = lines(progress);
    assertThat(lines)
        .contains(
            "squall_connection_step_seconds_count{" + RUN + ",step=\"connect\"} 1",
            "squall_connection_step_seconds_count{" + RUN + ",step=\"tls-resumed\"} 1",
            "squall_connection_step_failures_total{" + RUN + ",step=\"resolve\"} 1.0",
            "squall_address_requests_total{address=\"10.0.0.%d:80\",%s} %d.0"
                .formatted(all - 1, RUN, all),
            // The seven with fewest: 1 + 2 + … + 7 requests.
            "squall_address_requests_total{address=\"others\"," + RUN + "} 28.0",
            "squall_address_connections_total{address=\"others\"," + RUN + "} 7.0");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("squall_address_requests_total"))
        .hasSize(ConnectionSeries.MOST_ADDRESSES + 1);
    assertThat(lines).noneMatch(line -> line.contains("step=\"tls-full\""));
  }

  @Test
  void countersHoldCompletedRequestsAndFailuresByKind() {
    assertThat(lines())
        .contains(
            series("squall_requests_total", "predict", "") + " 3.0",
            series("squall_requests_total", "order/pay", "") + " 1.0",
            "squall_failures_total{kind=\"status\"," + labels("predict", "") + "} 2.0",
            "squall_failures_total{kind=\"connect\"," + labels("predict", "") + "} 1.0",
            "squall_users{" + RUN + "} 7.0");
  }

  @Test
  void whatBecameOfEachLoadsRequestsIsCounted() {
    String load = "load=\"all\",loadtest=\"checkout\",model=\"closed\",namespace=\"shop\"";
    assertThat(lines())
        .anyMatch(l -> l.startsWith("squall_load_offered_total{" + load) && value(l) == 4)
        .anyMatch(
            l ->
                l.startsWith("squall_load_requests_total{" + load)
                    && l.contains("outcome=\"succeeded\"")
                    && value(l) == 2)
        .anyMatch(
            l ->
                l.startsWith("squall_load_requests_total{" + load)
                    && l.contains("outcome=\"dropped\"")
                    && value(l) == 0);
  }

  @Test
  void percentilesAreOfEachTaskAndOfTheWhole() {
    assertThat(lines())
        .anyMatch(
            l ->
                l.startsWith("squall_response_time_seconds{")
                    && l.contains("task=\"\"")
                    && l.contains("method=\"\"")
                    && l.contains("quantile=\"0.999\"")
                    && Math.abs(value(l) - 90) < 0.1)
        .anyMatch(
            l ->
                l.startsWith("squall_response_time_seconds{")
                    && l.contains("task=\"predict\"")
                    && l.contains("quantile=\"0.5\"")
                    && Math.abs(value(l) - 0.04) < 0.0001);
  }

  @Test
  void theDistributionIsCumulative() {
    List<String> buckets =
        lines().stream()
            .filter(l -> l.startsWith("squall_response_time_distribution_seconds_bucket"))
            .filter(l -> l.contains("task=\"predict\""))
            .toList();
    assertThat(buckets).hasSize(16);
    assertThat(buckets.stream().map(RunMetricsTest::value)).isSorted().endsWith(3.0);
    assertThat(buckets)
        .anyMatch(l -> l.contains("le=\"0.005\"") && value(l) == 1)
        .anyMatch(l -> l.contains("le=\"0.05\"") && value(l) == 2)
        .anyMatch(l -> l.contains("le=\"0.5\"") && value(l) == 3);
    assertThat(lines())
        .contains(series("squall_response_time_distribution_seconds_count", "predict", "") + " 3");
  }

  @Test
  void whatRunnersMeasuredOfThemselvesIsThereWhereItIsAvailable() {
    String runner = RUN + ",runner=\"runner-3\"}";
    assertThat(lines())
        .contains(
            "squall_runner_lag_seconds{" + runner + " 0.002",
            "squall_runner_lateness_seconds{" + runner + " 0.003",
            "squall_runner_throttled_seconds_total{" + runner + " 1.5",
            "squall_start_skew_seconds{" + RUN + "} 2.5E-4")
        .noneMatch(line -> line.startsWith("squall_runner_collection_seconds"));
  }

  @Test
  void everySeriesNamesItsRun() {
    assertThat(lines())
        .isNotEmpty()
        .allMatch(
            l ->
                l.contains("namespace=\"shop\"")
                    && l.contains("loadtest=\"checkout\"")
                    && l.contains("run=\"checkout-1-abcde\""));
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
