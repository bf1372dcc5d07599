package dev.squall.runner.engine;

/**
 * A row of the results: requests counted together.
 *
 * @param id number of the series, its position in {@link Workload#series}
 * @param name the task's name, or {@code <task>/<step>}
 * @param method HTTP method
 */
public record Series(int id, String name, String method) {}
