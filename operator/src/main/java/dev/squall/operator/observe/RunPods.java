package dev.squall.operator.observe;

import dev.squall.api.wire.PodContract;
import dev.squall.api.wire.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pods of a run as the cache holds them. */
record RunPods(List<Pod> runners, List<Pod> coordinators) {
  /** Splits pods by role, the newest first. */
  static RunPods of(Collection<Pod> pods) {
    return new RunPods(role(pods, PodContract.RUNNER), role(pods, PodContract.COORDINATOR));
  }

  private static List<Pod> role(Collection<Pod> pods, String role) {
    return pods.stream()
        .filter(p -> role.equals(p.getMetadata().getLabels().get(PodContract.COMPONENT_LABEL)))
        .sorted(
            Comparator.<Pod, String>comparing(p -> p.getMetadata().getCreationTimestamp())
                .thenComparing(p -> p.getMetadata().getName())
                .reversed())
        .toList();
  }

  Stream<Pod> all() {
    return Stream.concat(coordinators.stream(), runners.stream());
  }

  /** Address of the coordinator, once it has one and while it is not being ended. */
  Optional<String> coordinatorIp() {
    return coordinators.stream()
        .filter(p -> !p.isMarkedForDeletion() && "Running".equals(p.getStatus().getPhase()))
        .flatMap(p -> Stream.ofNullable(p.getStatus().getPodIP()))
        .findFirst();
  }

  /** The last word of a coordinator that ended well. */
  Optional<TerminationMessage> lastWord() {
    return ends()
        .filter(ended -> ended.getExitCode() == 0 && ended.getMessage() != null)
        .flatMap(ended -> CoordinatorClient.lastWord(ended.getMessage()).stream())
        .findFirst();
  }

  /** How the last coordinator ended that did not end well. */
  Optional<String> coordinatorFailure() {
    return ends().filter(ended -> ended.getExitCode() != 0).map(PodProblems::words).findFirst();
  }

  private Stream<ContainerStateTerminated> ends() {
    return coordinators.stream()
        .flatMap(p -> p.getStatus().getContainerStatuses().stream())
        .filter(c -> c.getName().equals(PodContract.CONTAINER))
        .flatMap(RunPods::ends);
  }

  private static Stream<ContainerStateTerminated> ends(ContainerStatus status) {
    return Stream.of(status.getState(), status.getLastState())
        .flatMap(state -> Stream.ofNullable(state == null ? null : state.getTerminated()));
  }
}
