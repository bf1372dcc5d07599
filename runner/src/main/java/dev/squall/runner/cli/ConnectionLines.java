package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.StreamResult;
import dev.squall.api.v1alpha1.TaskResult;
import dev.squall.api.wire.ConnectionReport;
import dev.squall.api.wire.RunValidity;
import dev.squall.api.wire.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What opening connections took, where requests went, and how answers streamed; pure. */
final class ConnectionLines {
  private static final int MOST_ADDRESSES = 10;

  private ConnectionLines() {}

  /** The lines; none of what there was none. */
  static List<String> of(Summary summary) {
    List<String> lines = new ArrayList<>();
    for (TaskResult task : summary.tasks()) {
      StreamResult stream = task.stream();
      if (stream != null) {
        lines.add(stream(task.name(), stream));
      }
    }
    RunValidity.Engine engine = summary.validity().engine();
    if (engine != null && !"HTTP/1.1".equals(engine.protocol())) {
      lines.add("Protocol: " + engine.protocol());
    }
    for (ConnectionReport.Step step : summary.connections().steps()) {
      lines.add(step(step));
    }
    List<ConnectionReport.Address> addresses = summary.connections().addresses();
    if (addresses.size() > 1) {
      addresses.stream().limit(MOST_ADDRESSES).map(ConnectionLines::address).forEach(lines::add);
      int more = addresses.size() - MOST_ADDRESSES + summary.connections().addressesOmitted();
      if (more > 0) {
        lines.add("Addresses: " + more + " more; summary.json has them");
      }
    }
    return lines;
  }

  private static String stream(String task, StreamResult stream) {
    Long p50 = stream.betweenP50Micros();
    Long p95 = stream.betweenP95Micros();
    Long p99 = stream.betweenP99Micros();
    String between =
        p50 == null || p95 == null || p99 == null
            ? ""
            : "; time between p50 %s  p95 %s  p99 %s"
                .formatted(
                    ResultTable.millis(p50), ResultTable.millis(p95), ResultTable.millis(p99));
    return "Stream %s: %d answers, %d units; time to first p50 %s  p95 %s  p99 %s%s"
        .formatted(
            task,
            stream.answers(),
            stream.units(),
            ResultTable.millis(stream.firstP50Micros()),
            ResultTable.millis(stream.firstP95Micros()),
            ResultTable.millis(stream.firstP99Micros()),
            between);
  }

  private static String step(ConnectionReport.Step step) {
    ResponseTimes times = step.times();
    return "Connections, %s: %d%s%s"
        .formatted(
            step.name(),
            step.count(),
            step.failures() == 0 ? "" : String.format(Locale.ROOT, ", %d failed", step.failures()),
            times == null
                ? ""
                : "; p50 %s  p99 %s  max %s"
                    .formatted(
                        ResultTable.millis(times.p50Micros()),
                        ResultTable.millis(times.p99Micros()),
                        ResultTable.millis(times.maxMicros())));
  }

  private static String address(ConnectionReport.Address one) {
    return "Address %s: %d requests over %d connections"
        .formatted(one.address(), one.requests(), one.connections());
  }
}
