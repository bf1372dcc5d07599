package dev.squall.operator.observe;

import dev.squall.operator.accept.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a LoadTest but its own spec and status.
 *
 * @param generation its present generation
 * @param contentHash hash of what of it is run
 * @param refusal why it may not be run
 * @param runs its runs, the newest first
 */
public record TestObservation(
    long generation, String contentHash, Optional<Refusal> refusal, List<RunSeen> runs) {}
