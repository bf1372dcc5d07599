package dev.squall.operator.status;

import dev.squall.api.resource.LoadTest;
import dev.squall.api.v1alpha1.LoadTestStatus;
import dev.squall.operator.lifecycle.TestDecision;
import dev.squall.operator.observe.TestObservation;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes a LoadTest's status in one patch, and its events. */
public final class TestReporter {
  /** A LoadTest that is not accepted is looked at again: a dry run's answer can change. */
  private static final Duration REFUSED_AGAIN = Duration.ofMinutes(1);

  private final EventLog events;
  private final Clock clock;
  private final Throttle throttle = new Throttle();

  /** Writes events through this client. */
  public TestReporter(KubernetesClient client, Clock clock) {
    this.events = new EventLog(client);
    this.clock = clock;
  }

  /** A LoadTest's status, or an empty one before its first. */
  public static LoadTestStatus statusOf(LoadTest test) {
    return test.getStatus() == null
        ? new LoadTestStatus(null, null, null, null, null, null, List.of(), List.of())
        : test.getStatus();
  }

  /** The one patch that tells what was decided, and when to look again. */
  public UpdateControl<LoadTest> report(
      LoadTest test, TestDecision decision, TestObservation seen, String startedRun) {
    Instant now = clock.instant();
    LoadTestStatus before = statusOf(test);
    LoadTestStatus next = TestReport.next(before, decision, seen, startedRun, now);
    String uid = test.getMetadata().getUid();
    UpdateControl<LoadTest> control = UpdateControl.noUpdate();
    Duration wait = throttle.untilFree(uid, now);
    boolean transition =
        before.phase() != next.phase()
            || before.verdict() != next.verdict()
            || Transitions.between(before.conditions(), next.conditions());
    if (!next.equals(before) && !transition && wait.isPositive()) {
      return control.rescheduleAfter(wait);
    }
    if (!next.equals(before)) {
      throttle.wrote(uid, now);
      events.write(test, Transitions.of(before.conditions(), next.conditions()), now);
      control = UpdateControl.patchStatus(patch(test, next));
    }
    return decision instanceof TestDecision.Refuse
        ? control.rescheduleAfter(REFUSED_AGAIN)
        : control;
  }

  private static LoadTest patch(LoadTest test, LoadTestStatus status) {
    LoadTest patch = new LoadTest();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(test.getMetadata().getName())
            .withNamespace(test.getMetadata().getNamespace())
            .withUid(test.getMetadata().getUid())
            .build());
    patch.setStatus(status);
    return patch;
  }
}
