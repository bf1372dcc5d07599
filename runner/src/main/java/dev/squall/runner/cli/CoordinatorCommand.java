package dev.squall.runner.cli;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Readiness;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.PodContract;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.Summary.Stored;
import dev.squall.runner.control.HttpRunnerLink;
import dev.squall.runner.control.HttpService;
import dev.squall.runner.control.PodMetrics;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.coordinator.Conclusion;
import dev.squall.runner.coordinator.Coordinator;
import dev.squall.runner.coordinator.CoordinatorApi;
import dev.squall.runner.coordinator.HttpTargetProbe;
import dev.squall.runner.coordinator.LastWord;
import dev.squall.runner.coordinator.RunClock;
import dev.squall.runner.coordinator.RunMetrics;
import dev.squall.runner.coordinator.RunProgress;
import dev.squall.runner.coordinator.TargetProbe;
import dev.squall.runner.plan.PlanReader;
import dev.squall.runner.results.ResultFiles;
import dev.squall.runner.results.ResultStore;
import dev.squall.runner.results.SummaryJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code squall coordinator}: the pod that gathers a run. */
@Command(
    name = PodContract.COORDINATOR,
    description = "The coordinator pod of a run; the operator starts it.",
    mixinStandardHelpOptions = true)
final class CoordinatorCommand implements Callable<Integer> {
  /** How long the last summary waits to be fetched once everything is stored. */
  private static final Duration FETCH = Duration.ofSeconds(15);

  /** Less than a pod's grace, which is 30 s. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorCommand.class);

  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch concluded = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException, InterruptedException {
    // Pods appear in DNS while this one waits for them, so that "there is none" is soon asked
    // again.
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    Security.setProperty("networkaddress.cache.ttl", "5");
    PodFiles pod = PodFiles.ofEnvironment();
    Plan plan = PlanReader.read(pod.plan());
    RunProgress progress = new RunProgress(plan);
    Path folder = pod.work().resolve("results");
    EarlierConclusion before = EarlierConclusion.look(folder, Storage.of(plan, pod));
    try (PodMetrics metrics = new PodMetrics(plan).with(new RunMetrics(progress));
        HttpService http = new HttpService(pod.listen(), pod.readToken());
        ResultFiles files =
            new ResultFiles(folder, plan.loadTest(), plan.test().results().fullHistory());
        HttpClient client = HttpRunnerLink.client();
        Coordinator coordinator =
            new Coordinator(
                plan,
                links(plan, pod.readToken(), client),
                probe(plan, client),
                files,
                progress,
                RunClock.system(),
                () -> before.found().isPresent())) {
      CoordinatorApi api =
          CoordinatorApi.serve(
              http,
              () -> before.found().orElseGet(progress::summary),
              progress::pointsAfter,
              progress::searchNow,
              coordinator::stop,
              folder,
              metrics::text);
      http.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> toldToEnd(coordinator), "sigterm"));
      Summary last;
      if (coordinator.run()) {
        last = conclude(plan, pod, progress, files);
      } else {
        LOG.warn("this run was concluded before this coordinator began anew");
        last = before.found().orElseThrow();
      }
      LastWord.leave(last, pod.terminationLog());
      coordinator.confirmStored();
      concluded.countDown();
      linger(plan, last, api);
    }
    return ExitCode.PASSED.code();
  }

  private static Summary conclude(Plan plan, PodFiles pod, RunProgress progress, ResultFiles files)
      throws IOException, InterruptedException {
    Conclusion conclusion = new Conclusion(progress, files, Version.text());
    Optional<ResultStore> store = Storage.of(plan, pod);
    String linger = plan.test().results().linger();
    if (store.isPresent()) {
      conclusion.store(store.get(), name -> PodContract.FILES_PATH + name);
    } else {
      conclusion.keep(
          "kept by the coordinator for " + linger + "; set spec.results to store them",
          name -> PodContract.FILES_PATH + name);
    }
    progress.completed();
    Summary last = progress.summary();
    EarlierConclusion.leave(files.folder(), SummaryJson.bytes(plan, last, Version.text()));
    return last;
  }

  /**
   * Serves the files if they are nowhere else; else waits a little for the operator's last look.
   */
  private void linger(Plan plan, Summary last, CoordinatorApi api) throws InterruptedException {
    if (last.stored().state() == Stored.State.Stored) {
      api.awaitFetched(FETCH);
      return;
    }
    Duration linger = Durations.parse(plan.test().results().linger());
    LOG.info("the files are served for {}", linger);
    if (told.await(linger.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.info("told to end; the files go with this pod");
    }
  }

  /** The pod is to end: the load ends at once, and what there is is stored while there is time. */
  private void toldToEnd(Coordinator coordinator) {
    told.countDown();
    if (concluded.getCount() == 0) {
      return;
    }
    coordinator.stop(true);
    try {
      if (concluded.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        // All is done, so this is not a failure: the Job must not begin a coordinator anew.
        Runtime.getRuntime().halt(ExitCode.PASSED.code());
      }
      LOG.error("the pod ends before its results were stored");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<RunnerLink> links(Plan plan, String token, HttpClient client) {
    String pattern =
        PodFiles.variable(PodContract.RUNNER_URL_VARIABLE)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        PodContract.RUNNER_URL_VARIABLE
                            + " is not set; it is where the runners are, with %d for the index"));
    List<RunnerLink> links = new ArrayList<>();
    for (int index = 0; index < plan.runners(); index++) {
      URI base = URI.create(pattern.replace("%d", Integer.toString(index)));
      links.add(new HttpRunnerLink("runner-" + index, base, token, client));
    }
    return links;
  }

  static TargetProbe probe(Plan plan, HttpClient client) {
    Readiness readiness = plan.test().target().readiness();
    if (readiness == null) {
      return Optional::empty;
    }
    HttpClient asks = plan.test().target().tls() == null ? client : HttpTargetProbe.unverifying();
    return new HttpTargetProbe(asks, plan.targetUrl(), readiness.path());
  }
}
