package dev.squall.runner.vitals;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.stream.Stream;

/**
 * Parsers of the kernel's counters; pure. A text of another shape gives nothing, never an error.
 */
final class Counters {
  /** USER_HZ, in which {@code /proc/stat} counts on every Linux. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final long NANOS_PER_MICRO = 1000;

  /** Place of steal among the numbers of {@code /proc/stat}; what follows is counted before it. */
  private static final int STEAL = 7;

  private Counters() {}

  /** A thread's {@code schedstat}: ns on a CPU, ns waiting for one, how often it was given one. */
  static Map<Vital, Long> scheduling(String text) {
    List<Long> numbers = numbers(text);
    return numbers.size() < 3
        ? Map.of()
        : Map.of(
            Vital.LOOPS_RAN, numbers.get(0),
            Vital.LOOPS_WAITED, numbers.get(1),
            Vital.LOOPS_TURNS, numbers.get(2));
  }

  /** The total of {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=123}, in ns. */
  static Optional<Long> pressureNanos(String text) {
    return text.lines()
        .filter(line -> line.startsWith("some "))
        .filter(line -> line.contains("total="))
        .flatMap(line -> numbers(line.substring(line.indexOf("total=") + 6)).stream())
        .map(micros -> micros * NANOS_PER_MICRO)
        .findFirst();
  }

  /** {@code /proc/stat}: CPU time stolen and in all. */
  static Map<Vital, Long> machine(String text) {
    List<Long> ticks =
        text.lines()
            .filter(line -> line.startsWith("cpu "))
            .findFirst()
            .map(line -> numbers(line.substring(4)))
            .orElse(List.of());
    if (ticks.size() <= STEAL) {
      return Map.of();
    }
    long all = ticks.subList(0, STEAL + 1).stream().mapToLong(Long::longValue).sum();
    return Map.of(
        Vital.STOLEN, ticks.get(STEAL) * NANOS_PER_TICK, Vital.MACHINE, all * NANOS_PER_TICK);
  }

  /** {@code /proc/net/snmp}: a line of names, then a line of numbers, for each protocol. */
  static Map<Vital, Long> segments(String text) {
    List<String> tcp = text.lines().filter(line -> line.startsWith("Tcp: ")).toList();
    if (tcp.size() < 2) {
      return Map.of();
    }
    List<String> names = words(tcp.get(0));
    List<String> values = words(tcp.get(1));
    Map<Vital, Long> found = new EnumMap<>(Vital.class);
    Map.of(
            Vital.SEGMENTS, "OutSegs",
            Vital.RETRANSMITTED, "RetransSegs",
            Vital.OPENED, "ActiveOpens")
        .forEach(
            (vital, name) -> {
              int at = names.indexOf(name);
              if (at > 0 && at < values.size()) {
                numbers(values.get(at)).forEach(value -> found.put(vital, value));
              }
            });
    return found;
  }

  /** {@code /proc/net/sockstat} and {@code sockstat6}: TCP sockets in use and in TIME_WAIT. */
  static Optional<Long> sockets(String text) {
    return text.lines()
        .filter(line -> line.startsWith("TCP: ") || line.startsWith("TCP6: "))
        .map(Counters::words)
        .flatMap(
            words ->
                Stream.of("inuse", "tw")
                    .map(name -> words.indexOf(name) + 1)
                    .filter(at -> at > 0 && at < words.size())
                    .flatMap(at -> numbers(words.get(at)).stream()))
        .reduce(Long::sum);
  }

  /** {@code ip_local_port_range}: how many ports it holds. */
  static Optional<Long> ports(String text) {
    List<Long> ends = numbers(text);
    return ends.size() == 2 ? Optional.of(ends.get(1) - ends.get(0) + 1) : Optional.empty();
  }

  /**
   * What stands between blanks. By no regular expression: that of the JDK takes the compiler as
   * long as all else that is done once a second, and it shares a CPU with the event loops.
   */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringTokenizer left = new StringTokenizer(text);
    while (left.hasMoreTokens()) {
      words.add(left.nextToken());
    }
    return words;
  }

  /** All words as numbers; none if one of them is not. */
  private static List<Long> numbers(String text) {
    try {
      return text.isBlank() ? List.of() : words(text).stream().map(Long::parseLong).toList();
    } catch (NumberFormatException _) {
      return List.of();
    }
  }
}
