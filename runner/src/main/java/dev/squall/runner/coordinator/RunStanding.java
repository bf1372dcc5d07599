package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands, in the words of its status; each step of the run makes the next.
 *
 * @param phase where it stands
 * @param reason why, in one CamelCase word
 * @param message why, in a sentence
 * @param started the start instant; null before
 * @param loadSeconds how long the load lasted; empty before its end
 * @param completed when the verdict was found; null before
 * @param verdict null before it is found
 */
record RunStanding(
    RunPhase phase,
    String reason,
    String message,
    @Nullable Instant started,
    OptionalDouble loadSeconds,
    @Nullable Instant completed,
    @Nullable Verdict verdict) {

  /** Nothing has happened yet. */
  static RunStanding begun() {
    return new RunStanding(
        RunPhase.Starting,
        "RunnersNotReady",
        "the runners are not asked yet",
        null,
        OptionalDouble.empty(),
        null,
        null);
  }

  /** Something is waited for before the start. */
  RunStanding waiting(String why, String sentence) {
    return new RunStanding(phase, why, sentence, started, loadSeconds, completed, verdict);
  }

  /** The load starts, or did under an earlier coordinator. */
  RunStanding started(Instant at) {
    return new RunStanding(
        RunPhase.Running,
        "LoadRunning",
        "the load runs since " + text(at),
        at,
        loadSeconds,
        completed,
        verdict);
  }

  /** The load has ended. */
  RunStanding loadEnded(double seconds) {
    return new RunStanding(
        RunPhase.Finishing,
        "Finishing",
        "the load has ended; the results are being judged and stored",
        started,
        OptionalDouble.of(seconds),
        completed,
        verdict);
  }

  /** The verdict stands. */
  RunStanding judged(Judgement what, Instant at) {
    return new RunStanding(
        RunPhase.Finishing,
        what.reason(),
        what.message(),
        started,
        loadSeconds,
        at,
        what.verdict());
  }

  /** Nothing changes any more. */
  RunStanding done() {
    return new RunStanding(
        RunPhase.Completed, reason, message, started, loadSeconds, completed, verdict);
  }

  /** The start instant as the API writes it; null before. */
  @Nullable String startTime() {
    return started == null ? null : text(started);
  }

  /** When the verdict was found, as the API writes it; null before. */
  @Nullable String completionTime() {
    return completed == null ? null : text(completed);
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
