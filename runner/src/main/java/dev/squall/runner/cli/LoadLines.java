package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.ColdStart;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.QueryResult;
import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.WarmUpResult;
import dev.squall.api.wire.Summary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the loads did, as lines of text under the table of series; pure. */
final class LoadLines {
  /** Less is the time that opening a connection takes, and tells nothing. */
  private static final long LEAST_QUEUEING_MICROS = 10_000;

  private LoadLines() {}

  static List<String> of(Summary summary) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Response times are of " + model(summary));
    if (summary.loads().size() > 1 || summary.offered() > summary.requests()) {
      summary.loads().forEach(load -> lines.add(load(load)));
    }
    for (LoadResult load : summary.loads()) {
      QueryResult queries = load.queries();
      if (queries != null) {
        lines.add(queries(load.name(), queries));
      }
    }
    ResponseTimes queueing = summary.queueing();
    if (queueing != null && queueing.maxMicros() >= LEAST_QUEUEING_MICROS) {
      lines.add(
          "Queueing, in the response times: p50 %s  p99 %s  max %s"
              .formatted(
                  ResultTable.millis(queueing.p50Micros()),
                  ResultTable.millis(queueing.p99Micros()),
                  ResultTable.millis(queueing.maxMicros())));
    }
    WarmUpResult warmUp = summary.warmUp();
    if (warmUp != null) {
      lines.add(warmUp(warmUp));
    }
    ColdStart cold = summary.coldStart();
    if (cold != null) {
      lines.add(
          "Cold start: the first answer took %s, %s after the start"
              .formatted(
                  ResultTable.millis(cold.responseTimeMicros()),
                  ResultTable.millis(cold.afterStartMicros())));
    }
    return lines;
  }

  private static String model(Summary summary) {
    return switch (summary.model()) {
      case Closed -> "model: closed; a stall of the target hides itself in part";
      case Open -> "model: open; they count from the intended time, so a stall shows in full";
      case Mixed -> "model: mixed; of the closed loads a stall hides itself in part";
    };
  }

  private static String load(LoadResult load) {
    ResponseTimes times = load.responseTime();
    return "Load %s (%s%s): offered %d, completed %d, failed %d, dropped %d, interrupted %d%s"
        .formatted(
            load.name(),
            load.model().word(),
            load.warmUp() ? ", warm-up" : "",
            load.offered(),
            load.requests(),
            load.failures(),
            load.dropped(),
            load.interrupted(),
            times == null
                ? ""
                : ", p50 %s, p95 %s, p99 %s"
                    .formatted(
                        ResultTable.millis(times.p50Micros()),
                        ResultTable.millis(times.p95Micros()),
                        ResultTable.millis(times.p99Micros())));
  }

  private static String queries(String load, QueryResult queries) {
    Long micros = queries.percentileMicros();
    return String.format(
        Locale.ROOT,
        "Load %s: %d queries, p%s of a query by LoadGen's early stopping %s",
        load,
        queries.queries(),
        BigDecimal.valueOf(queries.percentile()).stripTrailingZeros().toPlainString(),
        micros == null ? "not known: too few queries" : ResultTable.millis(micros));
  }

  private static String warmUp(WarmUpResult warmUp) {
    ResponseTimes times = warmUp.responseTime();
    return "Warm-up, outside of all above: %d requests, %d failures%s"
        .formatted(
            warmUp.requests(),
            warmUp.failures(),
            times == null ? "" : ", p95 " + ResultTable.millis(times.p95Micros()));
  }
}
