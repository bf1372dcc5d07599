package dev.squall.operator.observe;

import dev.squall.api.v1alpha1.ColdStart;
import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.RunnersStatus;
import dev.squall.api.v1alpha1.TaskResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.ConnectionReport;
import dev.squall.api.wire.RunValidity;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.TerminationMessage;
import dev.squall.operator.accept.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An observation for tests: of a run that is its LoadTest's and has nothing in the cluster. */
public final class Seen {
  /** One load's counts. */
  public static final List<LoadResult> LOADS =
      List.of(new LoadResult("expected", LoadModel.Closed, false, 400, 400, 3, 0, 0, null, null));

  public static final ResponseTimes TIMES =
      new ResponseTimes(1_000, 5_000, 4_000, 9_000, 12_000, 20_000, 30_000, 31_000);
  private static final Summary.Stored STORED =
      new Summary.Stored(Summary.Stored.State.Stored, "in s3://load-tests");

  private final Instant now;
  private LoadTestSeen loadTest = LoadTestSeen.OWNER;
  private Optional<Refusal> refusal = Optional.empty();
  private Optional<String> ahead = Optional.empty();
  private JobSeen runners = JobSeen.gone("runners");
  private JobSeen coordinator = JobSeen.gone("coordinator");
  private Optional<PodProblem> problem = Optional.empty();
  private Optional<FreshSummary> summary = Optional.empty();
  private Optional<TerminationMessage> lastWord = Optional.empty();

  private Seen(Instant now) {
    this.now = now;
  }

  public static Seen at(Instant now) {
    return new Seen(now);
  }

  public Seen loadTest(LoadTestSeen seen) {
    loadTest = seen;
    return this;
  }

  public Seen refusal(String reason) {
    refusal = Optional.of(Refusal.certain(reason, "why, and what to do"));
    return this;
  }

  public Seen ahead(String run) {
    ahead = Optional.of(run);
    return this;
  }

  /** Both Jobs, no pod of theirs ready. */
  public Seen jobs() {
    return runners(JobSeen.State.ACTIVE).coordinator(JobSeen.State.ACTIVE);
  }

  /** All pods of both Jobs are ready. */
  public Seen ready() {
    runners = new JobSeen("runners", JobSeen.State.ACTIVE, "", 2, 2);
    coordinator = new JobSeen("coordinator", JobSeen.State.ACTIVE, "", 1, 1);
    return this;
  }

  public Seen runners(JobSeen.State state) {
    runners = new JobSeen("runners", state, "", 2, 0);
    return this;
  }

  public Seen coordinator(JobSeen.State state) {
    coordinator = new JobSeen("coordinator", state, "exit code 137", 1, 0);
    return this;
  }

  public Seen problem(String reason) {
    problem = Optional.of(new PodProblem(reason, "pod x: " + reason));
    return this;
  }

  public Seen summary(RunPhase phase) {
    return summary(summaryOf(phase, 0, List.of()));
  }

  public Seen summary(Summary answered) {
    summary = Optional.of(new FreshSummary(answered, now));
    return this;
  }

  public Seen lastWord() {
    lastWord =
        Optional.of(
            new TerminationMessage(
                Verdict.Passed,
                "ThresholdsHeld",
                "all thresholds held",
                "2026-01-01T12:00:30Z",
                "2026-01-01T12:01:31Z",
                LoadModel.Closed,
                20,
                401,
                400,
                3,
                0,
                1,
                6_667,
                TIMES,
                STORED,
                List.of()));
    return this;
  }

  public RunObservation build() {
    return new RunObservation(
        now, loadTest, refusal, ahead, runners, coordinator, problem, summary, lastWord);
  }

  /** A summary of 400 requests; before it runs, of none. */
  public static Summary summaryOf(RunPhase phase, int lost, List<TaskResult> tasks) {
    boolean started = phase.compareTo(RunPhase.Running) >= 0;
    boolean completed = phase == RunPhase.Completed;
    return new Summary(
        "run",
        phase,
        completed ? Verdict.Passed : null,
        completed ? "ThresholdsHeld" : phase.name(),
        completed ? "all thresholds held" : "",
        started ? "2026-01-01T12:00:30Z" : null,
        completed ? "2026-01-01T12:01:31Z" : null,
        LoadModel.Closed,
        started ? 20 : 0,
        started ? 400 : 0,
        started ? 400 : 0,
        started ? 3 : 0,
        0,
        0,
        started ? 6_667 : 0,
        started ? TIMES : null,
        started ? TIMES : null,
        started ? TIMES : null,
        started ? TIMES : null,
        started ? LOADS : List.of(),
        null,
        started ? new ColdStart(12_000, 11_000) : null,
        ConnectionReport.none(),
        tasks,
        List.of(),
        List.of(),
        null,
        List.of(),
        new RunnersStatus(2, 2 - lost, 0, lost, null, null),
        completed ? STORED : new Summary.Stored(Summary.Stored.State.Pending, ""),
        List.of(),
        List.of(),
        RunValidity.none());
  }
}
