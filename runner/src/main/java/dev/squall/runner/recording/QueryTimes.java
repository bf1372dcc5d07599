package dev.squall.runner.recording;

/**
 * How long the queries of one load took that sends one at a time: from when all its samples should
 * have been sent until the last of them was over, failed or not.
 *
 * @param load name of the load
 * @param warmUp whether it is kept apart from the result
 * @param times a time for each query
 */
public record QueryTimes(String load, boolean warmUp, Times times) {}
