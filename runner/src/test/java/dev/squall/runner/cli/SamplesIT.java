package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.check.Checked;
import dev.squall.api.check.LoadTestManifest;
import dev.squall.api.check.Manifests;
import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.Summary;
import dev.squall.runner.engine.Http2Target;
import dev.squall.runner.plan.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample is right, and does what it says, sixty times as fast, against a target here. */
class SamplesIT {
  private static final Path SAMPLES = Path.of("../deploy/samples");
  private static final Pattern TIME =
      Pattern.compile(
          "\\b(duration|start|minDuration|rise|hold|fall|period|constantPacing|settle|window): ([0-9]+)s\\b");

  private static final Pattern BELOW = Pattern.compile("below: [0-9]+m?s}");
  private static final Pattern QUERIES = Pattern.compile("minQueries: [0-9]+");

  @TempDir private Path folder;

  static List<LoadTestManifest> samples() throws IOException {
    List<LoadTestManifest> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(SAMPLES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        all.addAll(manifests(Files.readString(file)));
      }
    }
    return all;
  }

  private static List<LoadTestManifest> manifests(String text) {
    return Manifests.check(faster(text)).stream()
        .map(
            checked ->
                switch (checked) {
                  case Checked.Accepted(var manifest) -> manifest;
                  case Checked.Refused(var name, var problems) ->
                      throw new AssertionError(name + ": " + problems);
                })
        .toList();
  }

  private static String faster(String text) {
    String fewer =
        QUERIES
            .matcher(text)
            .replaceAll(found -> "minQueries: 20")
            // A search as far as the sample's would be of a target that holds more than the
            // machine.
            .replace("rate: {from: 10, to: 2000}", "rate: {from: 100, to: 200}")
            .replace("precision: 0.1\n", "precision: 0.1\n    settle: 6s\n    confirm: 2s\n");
    // How quick the machine is that this runs on, the samples do not say.
    String patient = BELOW.matcher(fewer).replaceAll("below: 60s}");
    return TIME.matcher(patient)
        .replaceAll(
            found -> found.group(1) + ": " + Long.parseLong(found.group(2)) * 1000 / 60 + "ms");
  }

  static Stream<Named<LoadTestManifest>> runs() throws IOException {
    // The seed's waits of seconds make no sense this fast; it has tests of its own.
    return samples().stream()
        .filter(sample -> !sample.name().equals("heart-disease"))
        .map(sample -> Named.of(sample.name(), sample));
  }

  private Summary run(LoadTestManifest sample, int runners, String url) throws Exception {
    Plan plan = new Plan("models", sample.name(), "run", "uid", runners, url, sample.spec());
    Path log = Files.writeString(folder.resolve("log"), log());
    try (LocalRun run =
        new LocalRun(
            plan,
            new Sources.Named(Map.of(), Map.of("log", log)),
            folder.resolve("out"),
            folder.resolve("work"))) {
      return run.run();
    }
  }

  /** The log in the sample's ConfigMap. */
  private static String log() throws IOException {
    return Files.readString(SAMPLES.resolve("replay.yaml"))
        .lines()
        .filter(line -> line.strip().startsWith("{\"at\""))
        .reduce("", (all, line) -> all + line.strip() + "\n");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everySampleRunsAndEachRequestIsAccountedFor(LoadTestManifest sample) throws Exception {
    switch (sample.spec().target().protocol()) {
      case HTTP1 -> {
        try (CountingTarget target = new CountingTarget()) {
          target.countsHealth();
          runs(sample, target.url(), target::requests);
        }
      }
      case HTTP2 -> {
        try (Http2Target target = Http2Target.ok()) {
          runs(sample, "http://127.0.0.1:" + target.port(), target::requests);
        }
      }
    }
  }

  private void runs(LoadTestManifest sample, String url, LongSupplier received) throws Exception {
    Summary summary = run(sample, 2, url);
    assertThat(summary.model()).isEqualTo(LoadModel.of(sample.spec()));
    assertThat(summary.loads())
        .extracting(LoadResult::name)
        .containsExactlyElementsOf(sample.spec().loads().stream().map(l -> l.name()).toList());
    assertThat(summary.loads())
        .allSatisfy(
            load -> {
              assertThat(load.offered())
                  .isEqualTo(load.requests() + load.dropped() + load.interrupted())
                  .isPositive();
              assertThat(load.failures()).isZero();
            });
    long sent =
        summary.loads().stream().mapToLong(LoadResult::requests).sum()
            + summary.loads().stream().mapToLong(LoadResult::interrupted).sum();
    int probes = sample.spec().target().readiness() == null ? 0 : 1;
    // The target may come to read only when what is interrupted is reset.
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (received.getAsLong() != sent + probes && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(received.getAsLong()).isEqualTo(sent + probes);
    assertThat(summary.coldStart()).isNotNull();
    assertThat(summary.loads().getFirst().queries() != null)
        .isEqualTo(sample.name().endsWith("-stream"));
    assertThat(summary.warmUp() != null)
        .isEqualTo(sample.spec().loads().stream().anyMatch(load -> load.warmUp()));
    assertThat(summary.verdict()).as(summary.message()).isNotEqualTo(Verdict.Failed);
  }

  @Test
  void theResultLeavesTheWarmUpOut() throws Exception {
    LoadTestManifest surge = manifests(Files.readString(SAMPLES.resolve("surge.yaml"))).getFirst();
    try (CountingTarget target = new CountingTarget()) {
      Summary summary = run(surge, 1, target.url());
      LoadResult warmUp = summary.loads().getFirst();
      assertThat(warmUp.warmUp()).isTrue();
      assertThat(warmUp.requests()).isPositive();
      assertThat(summary.requests())
          .isEqualTo(
              summary.loads().stream()
                  .filter(load -> !load.warmUp())
                  .mapToLong(LoadResult::requests)
                  .sum());
      assertThat(summary.model()).isEqualTo(LoadModel.Mixed);
    }
  }
}
