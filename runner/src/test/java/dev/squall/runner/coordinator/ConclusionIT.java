package dev.squall.runner.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.squall.api.v1alpha1.ResultsVolume;
import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.Summary.Stored;
import dev.squall.runner.results.FolderResultStore;
import dev.squall.runner.results.ResultFiles;
import dev.squall.runner.results.ResultStore;
import dev.squall.runner.results.StoreFailedException;
import dev.squall.runner.results.SummaryJson;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the verdict to the stored files, in real folders; the summary's file against its schema. */
class ConclusionIT {
  private static final String HERE = "/v1/files/";

  @TempDir private Path folder;
  private final MovedClock clock = new MovedClock();
  private RunProgress progress;
  private ResultFiles files;

  @BeforeEach
  void makeFiles() throws Exception {
    progress =
        new RunProgress(
            Plans.plan(
                2,
                "http://target",
                "thresholds: [{responseTime: {percentile: 95, below: 20ms}}]\n"));
    files = new ResultFiles(folder.resolve("results"), "checkout", true);
  }

  private void run(ScriptedRunner... runners) throws Exception {
    try (Coordinator coordinator =
        new Coordinator(
            progress.plan(), List.of(runners), Optional::empty, files, progress, clock)) {
      coordinator.run();
    }
  }

  private void runWell() throws Exception {
    run(
        new ScriptedRunner("runner-0", clock, 5_000_000L, 6),
        new ScriptedRunner("runner-1", clock, 0, 6));
  }

  private Conclusion conclusion() {
    return new Conclusion(progress, files, "1.2.3");
  }

  private static Schema schema() throws Exception {
    try (InputStream in = SummaryJson.class.getResourceAsStream("summary.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(in);
    }
  }

  private static void assertFitsTheSchema(Path summary) throws Exception {
    assertThat(schema().validate(Files.readString(summary), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theSummarysFileFitsItsSchemaAndSaysWhereTheFilesLie() throws Exception {
    runWell();
    ResultStore volume =
        new FolderResultStore(
            folder.resolve("volume"), new ResultsVolume("results", "tests/"), progress.plan());
    Summary summary = conclusion().store(volume, name -> HERE + name);
    assertThat(summary.stored().state()).isEqualTo(Stored.State.Stored);
    Path stored = folder.resolve("volume/tests/shop/checkout/checkout-1-abcde");
    assertFitsTheSchema(stored.resolve("summary.json"));
    assertThat(summary.files())
        .extracting(StoredFile::name)
        .containsExactlyInAnyOrder(
            "checkout_stats.csv",
            "checkout_stats_history.csv",
            "checkout_failures.csv",
            "checkout_exceptions.csv",
            "histograms.hlog",
            "summary.json")
        .allSatisfy(name -> assertThat(stored.resolve(name)).exists());
    assertThat(summary.files())
        .allSatisfy(
            file -> {
              assertThat(file.url())
                  .startsWith("pvc://results/tests/shop/checkout/checkout-1-abcde/");
              assertThat(Files.size(stored.resolve(file.name()))).isEqualTo(file.bytes());
            });
    Summary read = SummaryJson.parse(Files.readAllBytes(stored.resolve("summary.json")));
    assertThat(read.requests()).isEqualTo(summary.requests()).isEqualTo(42);
    assertThat(read.stored().state()).isEqualTo(Stored.State.Stored);
  }

  @Test
  void theFileOfARunThatNeverStartedFitsTheSchemaToo() throws Exception {
    ScriptedRunner unready = new ScriptedRunner("runner-0", clock, 0, 6);
    unready.preparing = true;
    run(unready);
    Summary summary = conclusion().keep("kept", name -> HERE + name);
    assertThat(summary.stored().state()).isEqualTo(Stored.State.Kept);
    assertFitsTheSchema(folder.resolve("results/summary.json"));
  }

  @Test
  void theSchemaRefusesWhatItDoesNotKnow() throws Exception {
    runWell();
    conclusion().keep("kept", name -> HERE + name);
    ObjectNode json =
        (ObjectNode) new ObjectMapper().readTree(folder.resolve("results/summary.json").toFile());
    json.put("surprise", 1);
    assertThat(schema().validate(json)).hasSize(1);
    json.remove("surprise");
    json.remove("seed");
    assertThat(schema().validate(json)).hasSize(1);
  }

  @Test
  void whatCannotBeStoredStaysHereAndTheSummarySaysWhy() throws Exception {
    runWell();
    ResultStore broken =
        new ResultStore() {
          @Override
          public String url(String name) {
            return "s3://bucket/" + name;
          }

          @Override
          public String place() {
            return "s3://bucket/";
          }

          @Override
          public Optional<byte[]> storedSummary() {
            return Optional.empty();
          }

          @Override
          public void store(List<Path> all) throws StoreFailedException {
            throw new StoreFailedException("no such bucket; create it");
          }
        };
    Summary summary = conclusion().store(broken, name -> HERE + name);
    assertThat(summary.stored().state()).isEqualTo(Stored.State.Failed);
    assertThat(summary.stored().message()).startsWith("no such bucket; create it");
    assertThat(summary.files()).allMatch(f -> f.url().equals(HERE + f.name()));
    assertFitsTheSchema(folder.resolve("results/summary.json"));
    Summary read = SummaryJson.parse(Files.readAllBytes(folder.resolve("results/summary.json")));
    assertThat(read.stored()).isEqualTo(summary.stored());
  }

  @Test
  void anotherRunsFolderIsNotTouched() throws Exception {
    runWell();
    Path taken = folder.resolve("volume/shop/checkout/checkout-1-abcde");
    Files.createDirectories(taken);
    Files.writeString(taken.resolve(".squall-run"), "another");
    ResultStore volume =
        new FolderResultStore(
            folder.resolve("volume"), new ResultsVolume("results", ""), progress.plan());
    Summary summary = conclusion().store(volume, name -> HERE + name);
    assertThat(summary.stored().state()).isEqualTo(Stored.State.Failed);
    assertThat(summary.stored().message()).contains("belongs to another run");
    assertThat(taken).isDirectoryNotContaining("glob:**.csv");
  }

  @Test
  void aCoordinatorThatFindsNoRunnersKeepsWhatAnEarlierOneStored() throws Exception {
    runWell();
    ResultStore volume =
        new FolderResultStore(
            folder.resolve("volume"), new ResultsVolume("results", ""), progress.plan());
    Summary first = conclusion().store(volume, name -> HERE + name);
    makeFiles();
    ScriptedRunner gone = new ScriptedRunner("runner-0", clock, 0, 6);
    gone.reachable = false;
    run(gone);
    assertThat(progress.summary().reason()).isEqualTo("RunnersNotReady");
    Summary second = conclusion().store(volume, name -> HERE + name);
    assertThat(second.verdict()).isEqualTo(first.verdict());
    assertThat(second.requests()).isEqualTo(first.requests());
    Path stored = folder.resolve("volume/shop/checkout/checkout-1-abcde/checkout_stats.csv");
    assertThat(Files.readString(stored, UTF_8)).contains(",Aggregated,42,0,");
  }
}
