package dev.squall.operator.status;

import dev.squall.api.v1alpha1.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Conditions being written anew over the ones that stood before: a condition's {@code
 * lastTransitionTime} moves only when its status does.
 */
final class Conditions {
  /** What a condition can be. */
  enum Is {
    True,
    False,
    Unknown
  }

  private static final List<String> ORDER =
      List.of(
          RunConditions.ACCEPTED,
          RunConditions.RUNNERS_READY,
          RunConditions.RESULTS_STORED,
          RunConditions.READY,
          RunConditions.RECONCILING,
          RunConditions.STALLED);

  private static final int MESSAGE = 1024;

  private final Map<String, Condition> byType = new LinkedHashMap<>();
  private final long generation;
  private final Instant now;

  Conditions(List<Condition> before, long generation, Instant now) {
    before.forEach(condition -> byType.put(condition.type(), condition));
    this.generation = generation;
    this.now = now;
  }

  /** Sets a condition. */
  Conditions set(String type, Is is, String reason, String message) {
    Condition before = byType.get(type);
    String since =
        before != null && before.status().equals(is.name())
            ? before.lastTransitionTime()
            : RunReport.time(now);
    byType.put(
        type,
        new Condition(type, is.name(), reason, Texts.cut(message, MESSAGE), since, generation));
    return this;
  }

  /** Sets a condition unless it stands already, whatever it says. */
  Conditions setIfAbsent(String type, Is is, String reason, String message) {
    return byType.containsKey(type) ? this : set(type, is, reason, message);
  }

  /** A condition as it stands. */
  Optional<Condition> get(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  /** All of them, in the order in which they come true in a run's life. */
  List<Condition> list() {
    return byType.values().stream()
        .sorted(Comparator.comparingInt(c -> ORDER.indexOf(c.type())))
        .toList();
  }
}
