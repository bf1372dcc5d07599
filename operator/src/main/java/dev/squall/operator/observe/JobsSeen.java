package dev.squall.operator.observe;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a Job. */
final class JobsSeen {
  private JobsSeen() {}

  static JobSeen of(Job job) {
    JobStatus status = job.getStatus() == null ? new JobStatus() : job.getStatus();
    Optional<JobCondition> failed = condition(status, "Failed");
    JobSeen.State state =
        job.isMarkedForDeletion()
            ? JobSeen.State.GONE
            : failed.isPresent()
                ? JobSeen.State.FAILED
                : condition(status, "Complete").isPresent()
                    ? JobSeen.State.COMPLETE
                    : JobSeen.State.ACTIVE;
    return new JobSeen(
        job.getMetadata().getName(),
        state,
        failed.map(JobsSeen::words).orElse(""),
        count(job.getSpec().getCompletions()),
        count(status.getReady()) + count(status.getSucceeded()));
  }

  private static Optional<JobCondition> condition(JobStatus status, String type) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals(type) && c.getStatus().equals("True"))
        .findFirst();
  }

  private static String words(JobCondition condition) {
    return Stream.of(condition.getReason(), condition.getMessage())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(": "));
  }

  private static int count(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
