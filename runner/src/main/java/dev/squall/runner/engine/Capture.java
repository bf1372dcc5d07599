package dev.squall.runner.engine;

/**
 * A value kept from an answer. An answer without it is an {@link
 * dev.squall.runner.recording.FailureKind#EXPECTATION} failure that ends the task.
 *
 * @param slot number of the variable among its scenario's, from 0; the user keeps its latest value
 *     until its end
 * @param name name of the variable, for the failure's reason
 * @param from what it is taken by, for the failure's reason, such as {@code $.token}
 * @param extractor takes it
 */
public record Capture(int slot, String name, String from, Extractor extractor) {}
