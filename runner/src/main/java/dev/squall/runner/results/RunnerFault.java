package dev.squall.runner.results;

/**
 * Something that went wrong in a runner itself, not in the target.
 *
 * @param runner name of the runner, such as {@code runner-1}
 * @param message what happened
 */
public record RunnerFault(String runner, String message) {}
