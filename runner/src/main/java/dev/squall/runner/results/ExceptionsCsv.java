package dev.squall.runner.results;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code <prefix>_exceptions.csv}: what went wrong in the runners themselves, in Locust the
 * exceptions of the script. There is no script here, so the file has rows only if a runner was lost
 * or broke.
 */
final class ExceptionsCsv {
  private static final List<String> HEADER = List.of("Count", "Message", "Traceback", "Nodes");

  private ExceptionsCsv() {}

  static String text(List<RunnerFault> faults) {
    Map<String, TreeSet<String>> runners = new TreeMap<>();
    for (RunnerFault fault : faults) {
      runners.computeIfAbsent(fault.message(), m -> new TreeSet<>()).add(fault.runner());
    }
    StringBuilder text = new StringBuilder(CsvLine.of(HEADER));
    runners.forEach(
        (message, nodes) ->
            text.append(
                CsvLine.of(
                    List.of(
                        Integer.toString(nodes.size()), message, "", String.join(", ", nodes)))));
    return text.toString();
  }
}
