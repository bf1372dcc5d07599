package dev.squall.runner.engine;

import java.util.List;

/**
 * One request of a task.
 *
 * @param series where it is counted
 * @param request what is sent
 * @param checks what the answer must be like; the first refusal counts. Without any, every answer
 *     is a success: a status below 400 is a check like another
 * @param captures values taken from an answer that passed the checks
 */
public record Step(
    Series series, RequestTemplate request, List<Check> checks, List<Capture> captures) {
  /** Copies the lists. */
  public Step {
    checks = List.copyOf(checks);
    captures = List.copyOf(captures);
  }

  /** Most that any check or capture reads of an answer. */
  Needs needs() {
    Needs needs = Needs.STATUS;
    for (Check check : checks) {
      needs = needs.and(check.needs());
    }
    for (Capture capture : captures) {
      needs = needs.and(capture.extractor().needs());
    }
    return needs;
  }
}
