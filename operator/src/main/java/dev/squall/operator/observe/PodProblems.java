package dev.squall.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a pod is not ready, or a Job has no pod, in Kubernetes' own words. */
final class PodProblems {
  /** What every pod passes through. */
  private static final Set<String> PASSING = Set.of("ContainerCreating", "PodInitializing");

  /**
   * Reasons between which the kubelet goes back and forth are one: an event each would be noise.
   */
  private static final Map<String, String> SAME =
      Map.of("ErrImagePull", "ImagePullBackOff", "Error", "ContainerFailed");

  private PodProblems() {}

  /** What the pod itself says. */
  static Optional<PodProblem> of(Pod pod) {
    return unschedulable(pod).or(() -> container(pod));
  }

  /**
   * What an event says of a Job that could not create a pod, or of a pod that cannot start; empty
   * for what the pod's own status tells better.
   */
  static Optional<PodProblem> of(Event warning, String kindAndName) {
    if (!warning.getReason().startsWith("Failed") || warning.getReason().equals("Failed")) {
      return Optional.empty();
    }
    String text = warning.getMessage() == null ? "" : warning.getMessage();
    String reason =
        text.contains("exceeded quota")
            ? "QuotaExceeded"
            : text.contains("violates PodSecurity")
                ? "PodSecurityViolation"
                : text.contains("forbidden") ? "Forbidden" : warning.getReason();
    return Optional.of(new PodProblem(reason, "%s: %s".formatted(kindAndName, text)));
  }

  private static Optional<PodProblem> unschedulable(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
        .filter(c -> c.getReason() != null)
        .findFirst()
        .map((PodCondition c) -> problem(pod, c.getReason(), c.getMessage()));
  }

  private static Optional<PodProblem> container(Pod pod) {
    return Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream())
        .flatMap(status -> container(pod, status).stream())
        .findFirst();
  }

  private static Optional<PodProblem> container(Pod pod, ContainerStatus status) {
    ContainerState state = status.getState();
    if (state == null) {
      return Optional.empty();
    }
    ContainerStateWaiting waiting = state.getWaiting();
    ContainerStateTerminated ended = state.getTerminated();
    if (waiting != null && waiting.getReason() != null && !PASSING.contains(waiting.getReason())) {
      return Optional.of(problem(pod, waiting.getReason(), waiting.getMessage()));
    }
    if (ended != null && ended.getExitCode() != 0) {
      return Optional.of(problem(pod, ended.getReason(), words(ended)));
    }
    return Optional.empty();
  }

  /** How a container ended. */
  static String words(ContainerStateTerminated ended) {
    String message = ended.getMessage() == null ? "" : ": " + ended.getMessage().strip();
    return "container ended with exit code %d (%s)%s"
        .formatted(ended.getExitCode(), ended.getReason(), message);
  }

  private static PodProblem problem(Pod pod, @Nullable String reason, @Nullable String message) {
    String word = reason == null ? "PodFailed" : SAME.getOrDefault(reason, reason);
    return new PodProblem(
        word,
        "pod %s: %s".formatted(pod.getMetadata().getName(), message == null ? word : message));
  }
}
