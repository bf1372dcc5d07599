package dev.squall.operator.observe;

import dev.squall.api.resource.LoadTest;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.operator.accept.Acceptance;
import dev.squall.operator.accept.Refusal;
import dev.squall.operator.observe.CoordinatorClient.Coordinator;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads everything about one run. */
public final class RunObserver {
  /** Of how many pods that do not start the events are read. */
  private static final int ASKED_PODS = 3;

  private final Cluster cluster;
  private final Clock clock;
  private final Acceptance acceptance;
  private final SummarySource summaries;
  private final Function<String, Optional<String>> tokenOfRun;
  private final Turns turns = new Turns();

  /**
   * @param tokenOfRun the token of the run of a UID, empty while the operator's key is not known
   */
  public RunObserver(
      KubernetesClient client,
      Clock clock,
      Acceptance acceptance,
      SummarySource summaries,
      Function<String, Optional<String>> tokenOfRun) {
    this.cluster = new Cluster(client);
    this.clock = clock;
    this.acceptance = acceptance;
    this.summaries = summaries;
    this.tokenOfRun = tokenOfRun;
  }

  /** Everything about the run, now. */
  public RunObservation observe(LoadTestRun run, JobNames names, Context<LoadTestRun> context) {
    RunPhase phase =
        run.getStatus() == null || run.getStatus().phase() == null
            ? RunPhase.Pending
            : run.getStatus().phase();
    Set<Job> jobs = context.getSecondaryResources(Job.class);
    RunPods pods = RunPods.of(context.getSecondaryResources(Pod.class));
    boolean mustExist = phase != RunPhase.Pending && phase != RunPhase.Completed;
    Optional<Job> runners = job(run, jobs, names.runners(), mustExist);
    Optional<Job> coordinator = job(run, jobs, names.coordinator(), mustExist);
    JobSeen runnersSeen = runners.map(JobsSeen::of).orElse(JobSeen.gone(names.runners()));
    JobSeen coordinatorSeen =
        coordinator.map(JobsSeen::of).orElse(JobSeen.gone(names.coordinator()));
    follow(run, phase, pods);
    boolean waiting =
        phase == RunPhase.Starting && !(runnersSeen.allReady() && coordinatorSeen.allReady());
    return new RunObservation(
        clock.instant(),
        loadTest(run, context),
        phase == RunPhase.Pending ? refusal(run) : Optional.empty(),
        phase == RunPhase.Pending ? turns.take(run, siblings(run, context)) : Optional.empty(),
        runnersSeen,
        withPodsWords(coordinatorSeen, pods),
        waiting
            ? problem(Stream.concat(coordinator.stream(), runners.stream()).toList(), pods)
            : Optional.empty(),
        summaries.latest(run),
        pods.lastWord());
  }

  /**
   * Names of a run's Jobs.
   *
   * @param runners the runners' Job
   * @param coordinator the coordinator's Job
   */
  public record JobNames(String runners, String coordinator) {}

  private Optional<Refusal> refusal(LoadTestRun run) {
    LoadTestSpec test = run.getSpec().test();
    return test == null
        ? Optional.empty()
        : acceptance.refuse(run.getMetadata().getNamespace(), test);
  }

  private static List<LoadTestRun> siblings(LoadTestRun run, Context<LoadTestRun> context) {
    return context.getPrimaryCache().byIndex(Sources.BY_LOADTEST, Sources.loadTestKey(run));
  }

  private void follow(LoadTestRun run, RunPhase phase, RunPods pods) {
    switch (phase) {
      case Pending -> {}
      case Starting, Running, Finishing ->
          pods.coordinatorIp()
              .ifPresent(
                  ip ->
                      tokenOfRun
                          .apply(run.getMetadata().getUid())
                          .ifPresent(token -> summaries.follow(run, Coordinator.of(ip, token))));
      case Completed -> summaries.forget(run);
    }
  }

  private Optional<Job> job(LoadTestRun run, Set<Job> jobs, String name, boolean mustExist) {
    Optional<Job> cached = jobs.stream().filter(j -> named(j, name)).findFirst();
    Optional<Job> found =
        cached.isEmpty() && mustExist
            ? cluster.job(run.getMetadata().getNamespace(), name)
            : cached;
    return found.filter(job -> ownedBy(job, run.getMetadata().getUid()));
  }

  private LoadTestSeen loadTest(LoadTestRun run, Context<LoadTestRun> context) {
    Optional<String> owner =
        run.getMetadata().getOwnerReferences().stream()
            .filter(o -> o.getKind().equals("LoadTest") && Boolean.TRUE.equals(o.getController()))
            .map(OwnerReference::getUid)
            .findFirst();
    LoadTestSeen cached = loadTest(owner, context.getSecondaryResource(LoadTest.class));
    return switch (cached) {
      case OWNER, PRESENT -> cached;
      case ABSENT, DELETED ->
          loadTest(
              owner, cluster.loadTest(run.getMetadata().getNamespace(), run.getSpec().loadTest()));
    };
  }

  private static LoadTestSeen loadTest(Optional<String> owner, Optional<LoadTest> test) {
    Optional<LoadTest> standing = test.filter(t -> !t.isMarkedForDeletion());
    if (owner.isEmpty()) {
      return standing.isPresent() ? LoadTestSeen.PRESENT : LoadTestSeen.ABSENT;
    }
    return standing.filter(t -> t.getMetadata().getUid().equals(owner.get())).isPresent()
        ? LoadTestSeen.OWNER
        : LoadTestSeen.DELETED;
  }

  /** The first of: an event of a Job that lacks pods, what a pod says of itself, its events. */
  private Optional<PodProblem> problem(List<Job> jobs, RunPods pods) {
    List<Pod> waiting = pods.all().filter(pod -> !ready(pod)).toList();
    return warning(jobs.stream().filter(job -> lacksPods(job, pods)), "Job")
        .or(() -> waiting.stream().flatMap(pod -> PodProblems.of(pod).stream()).findFirst())
        .or(() -> warning(waiting.stream().limit(ASKED_PODS), "pod"));
  }

  private Optional<PodProblem> warning(Stream<? extends HasMetadata> objects, String kind) {
    return objects
        .flatMap(
            object -> {
              Optional<Event> warning = cluster.warning(object);
              return warning
                  .flatMap(w -> PodProblems.of(w, kind + " " + object.getMetadata().getName()))
                  .stream();
            })
        .findFirst();
  }

  private static boolean lacksPods(Job job, RunPods pods) {
    long owned = pods.all().filter(pod -> ownedBy(pod, job.getMetadata().getUid())).count();
    return owned < job.getSpec().getParallelism();
  }

  private static boolean ready(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static JobSeen withPodsWords(JobSeen job, RunPods pods) {
    String message =
        Stream.concat(
                Stream.of(job.message()).filter(m -> !m.isEmpty()),
                pods.coordinatorFailure().stream())
            .reduce((one, other) -> one + "; " + other)
            .orElse("");
    return new JobSeen(job.name(), job.state(), message, job.expected(), job.ready());
  }

  private static boolean named(HasMetadata object, String name) {
    return object.getMetadata().getName().equals(name);
  }

  private static boolean ownedBy(HasMetadata object, String uid) {
    return object.getMetadata().getOwnerReferences().stream().anyMatch(o -> o.getUid().equals(uid));
  }
}
