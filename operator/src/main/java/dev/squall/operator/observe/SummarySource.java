package dev.squall.operator.observe;

import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.wire.Summary;
import dev.squall.operator.observe.CoordinatorClient.Coordinator;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The summaries of the runs under way: asks each coordinator again and again, keeps what it last
 * answered, and wakes the run's reconciliation when the answer matters: a transition at once,
 * figures every five seconds. It also sees a run's deletion, since then no reconciliation does.
 */
public final class SummarySource extends AbstractEventSource<Summary, LoadTestRun>
    implements ResourceEventAware<LoadTestRun> {
  private static final Logger LOG = Logger.getLogger(SummarySource.class);
  private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(5);

  private final CoordinatorClient client;
  private final Duration interval;
  private final BiConsumer<LoadTestRun, Optional<Coordinator>> onDeleted;
  private final Map<ResourceID, Followed> runs = new ConcurrentHashMap<>();
  private @Nullable ScheduledExecutorService clock;

  /**
   * @param interval how often each coordinator is asked
   * @param onDeleted told of each run that is deleted or being deleted, and of the coordinator that
   *     is followed for it; must not block
   */
  public SummarySource(
      CoordinatorClient client,
      Duration interval,
      BiConsumer<LoadTestRun, Optional<Coordinator>> onDeleted) {
    super(Summary.class, "summaries");
    this.client = client;
    this.interval = interval;
    this.onDeleted = onDeleted;
  }

  /** Follows a run's coordinator from now on, in place of an earlier one. */
  public void follow(LoadTestRun run, Coordinator coordinator) {
    runs.compute(
        ResourceID.fromResource(run),
        (id, before) -> {
          String uid = run.getMetadata().getUid();
          if (before != null && before.uid.equals(uid)) {
            before.coordinator = coordinator;
            return before;
          }
          return new Followed(uid, coordinator);
        });
  }

  /** Asks no more, and forgets. */
  public void forget(LoadTestRun run) {
    runs.remove(ResourceID.fromResource(run));
  }

  /** What a run's coordinator last answered. */
  public Optional<FreshSummary> latest(LoadTestRun run) {
    return Optional.ofNullable(runs.get(ResourceID.fromResource(run)))
        .filter(followed -> followed.uid.equals(run.getMetadata().getUid()))
        .flatMap(followed -> Optional.ofNullable(followed.latest));
  }

  /** The coordinator that is followed for a run. */
  public Optional<Coordinator> coordinator(LoadTestRun run) {
    return Optional.ofNullable(runs.get(ResourceID.fromResource(run)))
        .map(followed -> followed.coordinator);
  }

  @Override
  public void start() {
    super.start();
    clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("summaries").factory());
    long nanos = interval.toNanos();
    var _ = clock.scheduleWithFixedDelay(this::askAll, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void stop() {
    if (clock != null) {
      clock.shutdownNow();
    }
    super.stop();
  }

  @Override
  public Set<Summary> getSecondaryResources(LoadTestRun run) {
    return latest(run).map(FreshSummary::summary).map(Set::of).orElseGet(Set::of);
  }

  @Override
  public void onResourceUpdated(LoadTestRun run, LoadTestRun before) {
    if (run.isMarkedForDeletion() && !before.isMarkedForDeletion()) {
      onDeleted.accept(run, coordinator(run));
    }
  }

  @Override
  public void onResourceDeleted(LoadTestRun run) {
    onDeleted.accept(run, coordinator(run));
    forget(run);
  }

  private void askAll() {
    runs.forEach(this::ask);
  }

  private void ask(ResourceID id, Followed followed) {
    if (!followed.asking.compareAndSet(false, true)) {
      return;
    }
    var _ =
        client
            .summary(followed.coordinator)
            .whenComplete(
                (summary, failure) -> {
                  followed.asking.set(false);
                  if (failure == null) {
                    answered(id, followed, summary);
                  } else {
                    LOG.debugf("no summary of %s yet: %s", id, failure.getMessage());
                  }
                });
  }

  private void answered(ResourceID id, Followed followed, Summary summary) {
    FreshSummary before = followed.latest;
    Instant now = Instant.now();
    followed.latest = new FreshSummary(summary, now);
    boolean transition =
        before == null
            || before.summary().phase() != summary.phase()
            || !before.summary().reason().equals(summary.reason())
            || !before.summary().runners().equals(summary.runners());
    if (transition || now.isAfter(followed.lastEvent.plus(BETWEEN_EVENTS))) {
      followed.lastEvent = now;
      getEventHandler().handleEvent(new Event(id));
    }
  }

  private static final class Followed {
    final String uid;
    final AtomicBoolean asking = new AtomicBoolean();
    volatile Coordinator coordinator;
    volatile @Nullable FreshSummary latest;
    volatile Instant lastEvent = Instant.MIN;

    Followed(String uid, Coordinator coordinator) {
      this.uid = uid;
      this.coordinator = coordinator;
    }
  }
}
