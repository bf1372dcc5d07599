package dev.squall.operator.status;

import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.RunPhase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What changed between two statuses, as events tell it. */
final class Transitions {
  /** These say what {@code Ready} says, in the words of kstatus: no event of their own. */
  private static final Set<String> SILENT =
      Set.of(RunConditions.RECONCILING, RunConditions.STALLED);

  /** Reasons for False that nobody need act on. */
  private static final Set<String> HARMLESS =
      Set.of("WaitingForRunners", "KeptByCoordinator", "WaitingForRun");

  private Transitions() {}

  /**
   * An event to be.
   *
   * @param reason the condition's reason
   * @param message the condition's message
   * @param warning whether somebody should look
   * @param key what makes the event the same when it is sent twice
   */
  record Transition(String reason, String message, boolean warning, String key) {}

  /** Whether any condition has another status or reason. */
  static boolean between(List<Condition> before, List<Condition> now) {
    return now.stream().anyMatch(condition -> moved(before, condition));
  }

  /** The transitions, in the order of the conditions. */
  static List<Transition> of(List<Condition> before, List<Condition> now) {
    return now.stream()
        .filter(
            c -> !SILENT.contains(c.type()) && moved(before, c) && !c.status().equals("Unknown"))
        .map(
            c ->
                new Transition(
                    c.reason(),
                    c.message(),
                    c.status().equals("False") && !harmless(c.reason()),
                    String.join("/", c.type(), c.status(), c.reason(), c.lastTransitionTime())))
        .toList();
  }

  private static boolean harmless(String reason) {
    return HARMLESS.contains(reason) || isPhase(reason);
  }

  private static boolean isPhase(String reason) {
    for (RunPhase phase : RunPhase.values()) {
      if (phase.name().equals(reason)) {
        return true;
      }
    }
    return false;
  }

  private static boolean moved(List<Condition> before, Condition now) {
    Optional<Condition> was = before.stream().filter(c -> c.type().equals(now.type())).findFirst();
    return was.isEmpty()
        || !was.get().status().equals(now.status())
        || !was.get().reason().equals(now.reason());
  }
}
