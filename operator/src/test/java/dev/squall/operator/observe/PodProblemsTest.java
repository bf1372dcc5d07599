package dev.squall.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.Samples;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // What a pod's status says.
        "{phase: Pending} | ",
        "{containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}]} | ",
        "{containerStatuses: [{state: {running: {}}}]} | ",
        "{containerStatuses: [{state: {terminated: {exitCode: 0, reason: Completed}}}]} | ",
        "{containerStatuses: [{state: {waiting: {reason: ErrImageNeverPull, message: m}}}]} | ErrImageNeverPull: pod p: m",
        "{containerStatuses: [{state: {waiting: {reason: ErrImagePull, message: m}}}]} | ImagePullBackOff: pod p: m",
        "{containerStatuses: [{state: {waiting: {reason: CreateContainerConfigError, message: no Secret}}}]} | CreateContainerConfigError: pod p: no Secret",
        "{containerStatuses: [{state: {terminated: {exitCode: 137, reason: OOMKilled}}}]} | OOMKilled: pod p: container ended with exit code 137 (OOMKilled)",
        "{containerStatuses: [{state: {terminated: {exitCode: 1, reason: Error, message: no plan}}}]} | ContainerFailed: pod p: container ended with exit code 1 (Error): no plan",
        "{initContainerStatuses: [{state: {waiting: {reason: CrashLoopBackOff, message: m}}}]} | CrashLoopBackOff: pod p: m",
        "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: 0/1 nodes}]} | Unschedulable: pod p: 0/1 nodes",
      })
  void aPodSaysWhyItIsNotReady(String status, String problem) {
    Pod pod = Samples.yaml("{metadata: {name: p}, status: %s}".formatted(status), Pod.class);

    assertThat(PodProblems.of(pod).map(p -> p.reason() + ": " + p.message()).orElse(null))
        .isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FailedCreate | pods \"p\" is forbidden: exceeded quota: tiny | QuotaExceeded",
        "FailedCreate | pods \"p\" is forbidden: violates PodSecurity \"restricted\" | PodSecurityViolation",
        "FailedCreate | pods \"p\" is forbidden: no service account | Forbidden",
        "FailedMount  | secret \"login\" not found | FailedMount",
        // The pod's own status says these better.
        "Failed       | Error: ErrImagePull | ",
        "BackOff      | Back-off pulling image | ",
        "Unhealthy    | Readiness probe failed | ",
      })
  void aWarningSaysWhyThereIsNoPod(String reason, String message, String expected) {
    Event event = new Event();
    event.setReason(reason);
    event.setMessage(message);

    assertThat(PodProblems.of(event, "Job j").map(PodProblem::reason).orElse(null))
        .isEqualTo(expected);
  }
}
