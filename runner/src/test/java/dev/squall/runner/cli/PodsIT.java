package dev.squall.runner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.RunValidity;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.Summary.Stored;
import dev.squall.api.wire.TerminationMessage;
import dev.squall.runner.Again;
import dev.squall.runner.coordinator.Plans;
import dev.squall.runner.results.SummaryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runner and coordinator as processes of their own, with the target's own count as the truth. */
class PodsIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Duration RUN = Duration.ofMinutes(3);

  @TempDir private Path root;
  private final List<PodProcess> runners = new ArrayList<>();
  private CountingTarget target;
  private long before;
  private final List<PodProcess> pods = new ArrayList<>();

  @BeforeEach
  void startTarget() throws IOException {
    target = new CountingTarget();
  }

  @AfterEach
  void endAll() {
    pods.forEach(PodProcess::close);
    target.close();
  }

  /** Ends what was started before, starts the runners and the coordinator, which it returns. */
  private PodProcess start(int count, String more) throws IOException {
    pods.forEach(PodProcess::close);
    pods.clear();
    before = target.requests();
    Plan plan = Plans.plan(count, target.url(), more);
    Path folder = Files.createTempDirectory(root, "run");
    PodProcess coordinator = PodProcess.start(folder, plan, count, pods);
    runners.clear();
    runners.addAll(pods.subList(0, count));
    return coordinator;
  }

  /** What the target has had of the run that was started last. */
  private long sent() {
    return target.requests() - before;
  }

  private static String load(String duration) {
    return """
        loads: [{name: all, users: {count: 10, spawnRate: 20}, duration: %s, gracefulStop: 20s}]
        scenarios:
          - name: buyer
            wait: {between: {min: 5ms, max: 50ms}}
            tasks: [{name: predict, request: {method: POST, path: /predict}}]
        results: {persistentVolumeClaim: {claimName: results}}
        """
        .formatted(duration);
  }

  @Test
  void aRunPassesAndIsStoredAndEveryPodEndsWell() throws Exception {
    PodProcess coordinator;
    Summary summary;
    int times = 0;
    do {
      coordinator = start(2, load("3s") + "thresholds: [{failureRatio: {below: 0.01}}]\n");
      summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
    } while (TooBusy.says(summary) && ++times < TooBusy.TIMES);
    assertThat(summary.verdict()).as(summary.message()).isEqualTo(Verdict.Passed);
    assertThat(summary.requests() + summary.interrupted()).isEqualTo(sent());
    assertThat(summary.failures()).isZero();
    assertThat(summary.stored().state()).isEqualTo(Stored.State.Stored);
    assertThat(summary.runners().startSkewMicros()).isNotNull();
    assertThat(summary.runners().startSkewErrorMicros()).isNotNull();
    RunValidity.Engine engine = Objects.requireNonNull(summary.validity().engine());
    assertThat(engine.transport()).isIn("io_uring", "epoll");
    assertThat(engine.tlsProvider()).isNull();
    for (PodProcess runner : runners) {
      assertThat(runner.awaitExit(SOON)).isZero();
    }
    assertThat(coordinator.awaitExit(SOON)).isZero();
    Path stored = coordinator.folder().resolve("volume/shop/checkout/checkout-1-abcde");
    assertThat(stored).isDirectoryContaining("glob:**checkout_stats.csv");
    assertThat(stored).isDirectoryContaining("glob:**summary.json");
    TerminationMessage last =
        new JsonMapper()
            .readValue(
                Files.readAllBytes(coordinator.folder().resolve("termination-log")),
                TerminationMessage.class);
    assertThat(last.verdict()).isEqualTo(Verdict.Passed);
    assertThat(last.requests()).isEqualTo(summary.requests());
  }

  @Test
  void aCoordinatorThatIsKilledResumesAndItsCountsAreTheTargets() throws Exception {
    Summary known;
    Summary summary;
    int times = 0;
    do {
      PodProcess coordinator = start(2, load("8s"));
      known = coordinator.await(SOON, s -> s.requests() > 100);
      coordinator.kill();
      coordinator.restart();
      summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
      // Also where it took so long that a runner stopped by itself.
      assertThat(summary.startTime()).isEqualTo(known.startTime());
      assertThat(summary.requests() + summary.interrupted()).isEqualTo(sent());
    } while (TooBusy.says(summary) && ++times < TooBusy.TIMES);
    assertThat(summary.verdict()).as(summary.message()).isEqualTo(Verdict.Passed);
  }

  @Test
  void aRunnerThatIsKilledIsLostAndTheOtherIsCountedInFull() throws Exception {
    PodProcess coordinator = start(2, load("16s"));
    Summary known = coordinator.await(SOON, s -> s.requests() > 50);
    runners.get(1).kill();
    long atItsEnd = sent();
    Summary summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("RunnerLost");
    assertThat(summary.message()).contains("runner-1");
    assertThat(summary.runners().finished()).isEqualTo(1);
    assertThat(summary.runners().lost()).isEqualTo(1);
    // What the lost one sent after it was last asked is missing and nothing else: none of what
    // was known, nor of what the other sent from then on. In flight were 5 users' requests.
    assertThat(summary.requests()).isLessThan(sent());
    assertThat(sent() - summary.requests()).isLessThanOrEqualTo(atItsEnd - known.requests() + 5);
    assertThat(summary.stored().state()).isEqualTo(Stored.State.Stored);
    assertThat(runners.getFirst().awaitExit(SOON)).isZero();
  }

  @Test
  void aRunnerThatIsToldToEndStopsAtOnceAndItsLastRequestsAreCounted() throws Exception {
    PodProcess coordinator = start(2, load("6s"));
    coordinator.await(SOON, s -> s.requests() > 50);
    runners.get(1).terminate();
    runners.get(1).awaitExit(SOON);
    Summary summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("RunnerTerminated");
    assertThat(summary.requests() + summary.interrupted()).isEqualTo(sent());
  }

  @Test
  void stopEndsTheLoadOnAllRunnersWithinASecond() throws Exception {
    Again.ifSpoiled(this::stopEndsTheLoad);
  }

  private void stopEndsTheLoad() throws Exception {
    PodProcess coordinator = start(2, load("60s"));
    coordinator.await(SOON, s -> s.requests() > 50);
    assertThat(coordinator.call("POST", "/v1/stop", "wrong").statusCode()).isEqualTo(401);
    assertThat(coordinator.call("POST", "/v1/stop", PodProcess.TOKEN).statusCode()).isEqualTo(200);
    long stopped = System.nanoTime();
    Summary summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
    assertThat(target.lastNanos() - stopped).isLessThan(TimeUnit.SECONDS.toNanos(1));
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("Aborted");
    assertThat(summary.requests() + summary.interrupted()).isEqualTo(sent());
  }

  @Test
  void aCoordinatorThatIsToldToEndStopsTheLoadAndStoresWhatThereIs() throws Exception {
    PodProcess coordinator = start(1, load("60s"));
    coordinator.await(SOON, s -> s.requests() > 50);
    coordinator.terminate();
    assertThat(coordinator.awaitExit(SOON)).isZero();
    Path stored = coordinator.folder().resolve("volume/shop/checkout/checkout-1-abcde");
    Summary summary = SummaryJson.parse(Files.readAllBytes(stored.resolve("summary.json")));
    assertThat(summary.reason()).isEqualTo("Aborted");
    assertThat(summary.requests() + summary.interrupted()).isEqualTo(sent());
    assertThat(runners.getFirst().awaitExit(SOON)).isZero();
  }

  @Test
  void aRunnerWithoutACoordinatorStopsByItself() throws Exception {
    Again.ifSpoiled(this::stopsByItself);
  }

  private void stopsByItself() throws Exception {
    PodProcess coordinator = start(1, load("60s"));
    coordinator.await(SOON, s -> s.requests() > 50);
    coordinator.kill();
    long killed = System.nanoTime();
    target.awaitQuiet(Duration.ofSeconds(3), Duration.ofMinutes(1));
    long then = sent();
    assertThat(target.lastNanos() - killed).isLessThan(TimeUnit.SECONDS.toNanos(12));
    coordinator.restart();
    Summary summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
    assertThat(sent()).isEqualTo(then);
    assertThat(summary.reason()).isEqualTo("CoordinatorSilent");
    assertThat(summary.requests() + summary.interrupted()).isEqualTo(then);
  }

  @Test
  void aPlanThatCannotBeRunEndsWithTheRunnersOwnWords() throws Exception {
    PodProcess coordinator =
        start(
            1,
            load("5s")
                + """
            datasets: [{name: patients, configMap: {name: patients, key: data.csv}}]
            payloads: [{name: patient, row: {dataset: patients}}]
            """);
    Summary summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("PlanInvalid");
    assertThat(summary.message()).contains("runner-0", "patients");
    assertThat(target.requests()).isZero();
    assertThat(runners.getFirst().awaitExit(SOON)).isZero();
  }

  @Test
  void withoutStorageTheFilesAreServed() throws Exception {
    PodProcess coordinator =
        start(1, load("1s").replace("persistentVolumeClaim: {claimName: results}", "linger: 1h"));
    Summary summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
    assertThat(summary.stored().state()).isEqualTo(Stored.State.Kept);
    assertThat(summary.files())
        .hasSizeGreaterThanOrEqualTo(6)
        .allSatisfy(
            file -> {
              var answer = coordinator.call("GET", file.url(), PodProcess.TOKEN);
              assertThat(answer.statusCode()).isEqualTo(200);
              assertThat(answer.body().getBytes(UTF_8)).hasSize((int) file.bytes());
            });
    coordinator.terminate();
    coordinator.awaitExit(SOON);
  }
}
