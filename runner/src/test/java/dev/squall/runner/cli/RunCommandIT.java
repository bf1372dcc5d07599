package dev.squall.runner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.wire.Summary;
import dev.squall.runner.OtherJvm;
import dev.squall.runner.results.SummaryJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user types it, against a target on loopback whose own count is the truth. */
class RunCommandIT {
  @TempDir private Path folder;
  private CountingTarget target;

  @BeforeEach
  void startTarget() throws IOException {
    target = new CountingTarget();
  }

  @AfterEach
  void endTarget() {
    target.close();
  }

  private record Ended(int code, String out, String err) {}

  private Process start(String... arguments) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> flags = List.of("-Djava.io.tmpdir=" + temporary);
    return new ProcessBuilder(OtherJvm.command(Main.class, flags, List.of(arguments)))
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private Ended end(Process process) throws IOException, InterruptedException {
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Ended(
          process.exitValue(),
          Files.readString(folder.resolve("out"), UTF_8),
          Files.readString(folder.resolve("err"), UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private Ended squall(String... arguments) throws IOException, InterruptedException {
    return end(start(arguments));
  }

  /** That the machine kept the runners from their schedule, and the run says so, as it should. */
  private static boolean tooBusy(Ended ended) {
    return TooBusy.says(ended.code, ended.out);
  }

  /** Runs it, and anew where the machine was too busy. */
  private Ended undisturbed(String... arguments) throws IOException, InterruptedException {
    Ended ended = squall(arguments);
    for (int times = 1; tooBusy(ended) && times < TooBusy.TIMES; times++) {
      ended = squall(arguments);
    }
    return ended;
  }

  private void manifest(String duration, String thresholds) throws IOException {
    Files.writeString(
        folder.resolve("loadtest.yaml"),
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: checkout, namespace: shop}
        spec:
          target: {service: {name: shop, port: 8080}, readiness: {path: /health}}
          loads: [{name: all, users: {count: 10, spawnRate: 50}, duration: %s, gracefulStop: 20s}]
          scenarios:
            - name: buyer
              wait: {between: {min: 2ms, max: 20ms}}
              tasks: [{name: predict, request: {method: POST, path: /predict}}]
          thresholds: [%s]
        """
            .formatted(duration, thresholds));
  }

  /** What runs left among the machine's temporary files. */
  private List<Path> leftBehind() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("tmp"))) {
      return all.toList();
    }
  }

  /** The folders that runs made. */
  private List<Path> runs() throws IOException {
    Path results = folder.resolve("results");
    if (!Files.exists(results)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(results)) {
      return all.sorted().toList();
    }
  }

  @Test
  void aRunThatPassesExitsWith0AndItsFilesHoldEveryRequest() throws Exception {
    long before;
    Ended ended;
    int times = 0;
    do {
      // Each longer than the last, so that a slow start is a smaller part of it.
      manifest(1 + 3 * times + "s", "{failureRatio: {below: 0.01}}");
      before = target.requests();
      ended = squall("run", "loadtest.yaml", "--target", target.url(), "--runners", "3");
    } while (tooBusy(ended) && ++times < TooBusy.TIMES);
    assertThat(ended.code).as(ended.out + ended.err).isZero();
    assertThat(ended.out).contains("Aggregated", "Passed (ThresholdsHeld)", "results in results/");
    Path run = runs().getLast();
    Summary summary = SummaryJson.parse(Files.readAllBytes(run.resolve("summary.json")));
    assertThat(summary.requests() + summary.interrupted()).isEqualTo(target.requests() - before);
    assertThat(summary.runners().finished()).isEqualTo(3);
    assertThat(Files.readString(run.resolve("checkout_stats.csv")))
        .contains(",Aggregated," + summary.requests() + ",0,");
  }

  @Test
  void aTraceHoldsEachRequestWithTheTimesThatTheSummaryHas() throws Exception {
    manifest("1s", "");
    Ended ended =
        squall(
            "run",
            "loadtest.yaml",
            "--target",
            target.url(),
            "--runners",
            "2",
            "--trace",
            "requests.trace");
    Path run = runs().getLast();
    Summary summary = SummaryJson.parse(Files.readAllBytes(run.resolve("summary.json")));
    ByteBuffer trace =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("requests.trace")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(trace.remaining()).as(ended.err).isEqualTo(64 * (int) summary.requests());
    Set<List<Long>> seen = new HashSet<>();
    long longest = 0;
    long now = System.currentTimeMillis();
    for (int at = 0; at < trace.limit(); at += 64) {
      seen.add(List.of(trace.getLong(at), trace.getLong(at + 8)));
      long intended = trace.getLong(at + 24);
      long sent = trace.getLong(at + 32);
      long done = trace.getLong(at + 40);
      assertThat(intended / 1_000_000).isBetween(now - 60_000, now);
      assertThat(sent).isBetween(intended, done);
      longest = Math.max(longest, done - sent);
    }
    assertThat(seen).as("user and iteration name a request").hasSize((int) summary.requests());
    assertThat(Objects.requireNonNull(summary.serviceTime()).maxMicros())
        .isEqualTo(Math.round(longest / 1000.0));
  }

  @Test
  void aTraceThatCannotBeWrittenIsRefusedBeforeOrToldOfAfterTheResults() throws Exception {
    manifest("1s", "");
    for (String wrong : List.of("missing/requests.trace", ".")) {
      Ended refused = squall("run", "loadtest.yaml", "--target", target.url(), "--trace", wrong);
      assertThat(refused.code).as(refused.err).isEqualTo(104);
      assertThat(refused.err).contains("--trace: " + wrong);
      assertThat(runs()).isEmpty();
    }
    Ended full = squall("run", "loadtest.yaml", "--target", target.url(), "--trace", "/dev/full");
    assertThat(full.code).as(full.out).isEqualTo(107);
    assertThat(full.err).contains("the trace /dev/full could not be written: No space left");
    Path run = runs().getLast();
    Summary summary = SummaryJson.parse(Files.readAllBytes(run.resolve("summary.json")));
    assertThat(Files.readString(run.resolve("checkout_stats.csv")))
        .contains(",Aggregated," + summary.requests() + ",0,");
  }

  @Test
  void aBrokenThresholdExitsWith99AndAnUndecidedOneWith98() throws Exception {
    manifest("1s", "{failureRatio: {below: 0.01}}");
    Path manifest = folder.resolve("loadtest.yaml");
    // Not a matter of speed: a machine that is busy would make that one Inconclusive.
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("path: /predict}", "path: /predict}, expect: {status: [404]}"));
    Ended broken = undisturbed("run", "loadtest.yaml", "--target", target.url());
    assertThat(broken.code).as(broken.out + broken.err).isEqualTo(99);
    int before = runs().size();
    manifest("1s", "{responseTime: {percentile: 99.999, below: 60s}}");
    Ended open = undisturbed("run", "loadtest.yaml", "--target", target.url());
    assertThat(open.code).as(open.out + open.err).isEqualTo(98);
    assertThat(open.out).contains("TooFewSamples", "samples do not decide");
    assertThat(runs()).as("a folder for each run").hasSizeGreaterThan(before);
  }

  @Test
  void interruptedOnceItEndsGracefullyAndStillWritesEverything() throws Exception {
    manifest("60s", "");
    Process process = start("run", "loadtest.yaml", "--target", target.url());
    while (target.requests() < 20) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
    Process kill = new ProcessBuilder("kill", "-INT", "" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
    Ended ended = end(process);
    assertThat(ended.code).isEqualTo(105);
    assertThat(ended.err).contains("ending gracefully");
    Summary summary =
        SummaryJson.parse(Files.readAllBytes(runs().getFirst().resolve("summary.json")));
    assertThat(summary.reason()).isEqualTo("Aborted");
    assertThat(summary.interrupted()).isZero();
    assertThat(summary.requests()).isEqualTo(target.requests());
  }

  @Test
  void aServiceWithoutATargetSaysHowToReachIt() throws Exception {
    manifest("1s", "");
    Ended ended = squall("run", "loadtest.yaml");
    assertThat(ended.code).isEqualTo(104);
    assertThat(ended.err)
        .contains("kubectl port-forward service/shop 8080:8080", "--target http://localhost:8080");
    assertThat(runs()).isEmpty();
  }

  @Test
  void anInvalidManifestExitsWith104AndNamesTheField() throws Exception {
    manifest("1parsec", "");
    for (String command : List.of("run", "validate")) {
      Ended ended = squall(command, "loadtest.yaml");
      assertThat(ended.code).isEqualTo(104);
      assertThat(ended.err).contains("spec.loads[0].duration");
      assertThat(ended.out).isEmpty();
    }
    assertThat(squall("validate", "missing.yaml").err).contains("missing.yaml cannot be read");
    assertThat(squall("run", "--nonsense").code).isEqualTo(104);
  }

  @Test
  void aDatasetThatNobodyGaveIsNamedAndNothingIsLeftBehind() throws Exception {
    manifest("1s", "");
    Files.writeString(
        folder.resolve("loadtest.yaml"),
        Files.readString(folder.resolve("loadtest.yaml"))
            + """
              datasets: [{name: patients, configMap: {name: patients, key: data.csv}}]
              payloads: [{name: patient, row: {dataset: patients}}]
            """);
    Ended ended = squall("run", "loadtest.yaml", "--target", target.url());
    assertThat(ended.code).as(ended.err).isEqualTo(104);
    assertThat(ended.err).contains("--dataset patients=FILE");
    assertThat(runs()).isEmpty();
    assertThat(leftBehind()).isEmpty();
    Files.writeString(folder.resolve("patients.csv"), "age,sex\n63,1\n37,0\n");
    Ended given =
        undisturbed(
            "run", "loadtest.yaml", "--target", target.url(), "--dataset", "patients=patients.csv");
    assertThat(given.code).as(given.out + given.err).isZero();
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void aTargetThatIsNotReadyIsInconclusiveAndGetsNoLoad() throws Exception {
    manifest("1s", "");
    Files.writeString(
        folder.resolve("loadtest.yaml"),
        Files.readString(folder.resolve("loadtest.yaml"))
            .replace("{path: /health}", "{path: /health, timeout: 1s}"));
    target.healthy(false);
    Ended ended = squall("run", "loadtest.yaml", "--target", target.url());
    assertThat(ended.code).isEqualTo(98);
    assertThat(ended.out).contains("TargetNotReady", "503");
    assertThat(target.requests()).isZero();
  }
}
