package dev.squall.operator.observe;

import dev.squall.api.wire.TerminationMessage;
import dev.squall.operator.accept.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * All that is known of a run but its own spec and status, at one instant.
 *
 * @param now the instant
 * @param loadTest the LoadTest that the run names
 * @param refusal why the run's frozen test may not be run
 * @param ahead name of the run of the same LoadTest that goes first
 * @param runners the runners' Job
 * @param coordinator the coordinator's Job
 * @param problem why pods are not ready
 * @param summary what the coordinator last answered
 * @param lastWord what the coordinator left when it ended
 */
public record RunObservation(
    Instant now,
    LoadTestSeen loadTest,
    Optional<Refusal> refusal,
    Optional<String> ahead,
    JobSeen runners,
    JobSeen coordinator,
    Optional<PodProblem> problem,
    Optional<FreshSummary> summary,
    Optional<TerminationMessage> lastWord) {}
