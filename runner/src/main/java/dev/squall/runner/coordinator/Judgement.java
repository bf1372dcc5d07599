package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.Verdict;

/**
 * What a run says, and why.
 *
 * @param verdict the verdict
 * @param reason one CamelCase word
 * @param message a sentence: what, where, what to do
 */
record Judgement(Verdict verdict, String reason, String message) {
  static Judgement inconclusive(String reason, String message) {
    return new Judgement(Verdict.Inconclusive, reason, message);
  }
}
