package dev.squall.runner.engine;

import dev.squall.runner.recording.FailureKind;

/**
 * Why an answer is a failure.
 *
 * @param kind {@link FailureKind#STATUS} or {@link FailureKind#EXPECTATION}
 * @param reason what is wrong, without values that vary from answer to answer, so that it groups
 *     well: {@code $.diagnosis: not one of ["heart-disease","clear"]}
 */
public record Refusal(FailureKind kind, String reason) {}
