package dev.squall.runner.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.davidmoten.aws.lw.client.Credentials;
import dev.squall.api.v1alpha1.S3;
import dev.squall.api.wire.Plan;
import dev.squall.runner.coordinator.Plans;
import dev.squall.runner.engine.RefusingPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Against a real S3 server on loopback. */
class S3ResultStoreIT {
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(10));
  private static final Backoff ONCE =
      new Backoff(Duration.ofMillis(1), Duration.ZERO, Duration.ZERO);

  @TempDir private static Path folder;
  private static S3Gateway gateway;

  private Path bucket;
  private List<Path> files;
  private String prefix;

  @BeforeAll
  static void startStorage() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("storage/load-tests"));
    gateway = S3Gateway.start(folder.resolve("storage"), S3Gateway.freePort());
  }

  @AfterAll
  static void stopStorage() {
    gateway.close();
  }

  @BeforeEach
  void makeFiles(TestInfo test, @TempDir Path out) throws IOException {
    bucket = folder.resolve("storage/load-tests");
    prefix = test.getTestMethod().orElseThrow().getName();
    Path csv = Files.writeString(out.resolve("checkout_stats.csv"), "a,b\r\n1,größe\r\n");
    Path empty = Files.writeString(out.resolve("empty.hlog"), "");
    Path summary = Files.writeString(out.resolve("summary.json"), "{\"run\": \"mine\"}");
    files = List.of(csv, empty, summary);
  }

  private static Plan plan(String uid) {
    Plan plan = Plans.plan(1, "http://target", "");
    return new Plan(
        plan.namespace(),
        plan.loadTest(),
        plan.run(),
        uid,
        plan.runners(),
        plan.targetUrl(),
        plan.test());
  }

  private S3ResultStore store(String uid) {
    return store(gateway.spec("load-tests", prefix), uid, QUICK, S3Gateway.KEYS);
  }

  private static S3ResultStore store(S3 spec, String uid, Backoff backoff, Credentials keys) {
    return new S3ResultStore(spec, plan(uid), backoff, () -> Optional.of(keys));
  }

  @Test
  void filesLieUnderPrefixNamespaceLoadTestAndRun() throws Exception {
    S3ResultStore store = store("uid-1");
    store.store(files);
    Path run = bucket.resolve(prefix + "/shop/checkout/checkout-1-abcde");
    for (Path file : files) {
      assertThat(run.resolve(file.getFileName().toString())).hasSameBinaryContentAs(file);
    }
    assertThat(run.resolve(ResultKey.MARKER)).hasContent("uid-1");
    assertThat(store.url("summary.json"))
        .isEqualTo("s3://load-tests/" + prefix + "/shop/checkout/checkout-1-abcde/summary.json");
    assertThat(store.place()).contains("s3://load-tests/", "at http://127.0.0.1:");
  }

  @Test
  void theSameRunGoesOnWhereItsEarlierTryStopped() throws Exception {
    S3ResultStore first = store("uid-1");
    S3ResultStore again = store("uid-1");
    first.store(files.subList(0, 1));
    assertThat(again.storedSummary()).isEmpty();
    again.store(files);
    assertThat(again.storedSummary()).hasValue(Files.readAllBytes(files.getLast()));
  }

  @Test
  void anotherRunsFilesAreNeverOverwritten() throws Exception {
    S3ResultStore first = store("uid-1");
    S3ResultStore other = store("uid-2");
    first.store(files);
    Files.writeString(files.getFirst(), "other");
    assertThatThrownBy(() -> other.store(files))
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining("belongs to another run")
        .hasMessageContaining("uid-1")
        .hasMessageContaining("prefix");
    assertThat(other.storedSummary()).isEmpty();
    Path csv = bucket.resolve(prefix + "/shop/checkout/checkout-1-abcde/checkout_stats.csv");
    assertThat(csv).hasContent("a,b\r\n1,größe\r\n");
  }

  @Test
  void ofManyWritersOfOneFolderExactlyOneWins() throws Exception {
    List<Future<Boolean>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        String uid = "uid-" + i;
        writers.add(
            threads.submit(
                () -> {
                  try {
                    store(uid).store(files);
                    return true;
                  } catch (StoreFailedException e) {
                    assertThat(e).hasMessageContaining("belongs to another run");
                    return false;
                  }
                }));
      }
    }
    long won = 0;
    for (Future<Boolean> writer : writers) {
      won += writer.get() ? 1 : 0;
    }
    assertThat(won).isEqualTo(1);
  }

  @Test
  void aMissingBucketIsNamedWithTheFix() {
    S3ResultStore store = store(gateway.spec("nowhere", prefix), "uid-1", QUICK, S3Gateway.KEYS);
    assertThatThrownBy(() -> store.store(files))
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining("s3://nowhere/")
        .hasMessageContaining("create the bucket");
  }

  @Test
  void wrongKeysAreNamedWithTheFix() {
    Credentials wrong = Credentials.of("squall", "wrong");
    S3ResultStore store = store(gateway.spec("load-tests", prefix), "uid-1", QUICK, wrong);
    assertThatThrownBy(() -> store.store(files))
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining("spec.results.s3.credentials");
  }

  @Test
  void storageThatIsNotThereIsGivenUpAfterAWhile() throws IOException {
    try (RefusingPort port = new RefusingPort()) {
      S3 nobody = S3Gateway.spec(port.number(), "load-tests", prefix);
      S3ResultStore store = store(nobody, "uid-1", ONCE, S3Gateway.KEYS);
      assertThatThrownBy(() -> store.store(files))
          .isInstanceOf(StoreFailedException.class)
          .hasMessageContaining("spec.results.s3.endpoint")
          .hasMessageContaining("tried 1 times");
    }
  }

  @Test
  void storageThatComesBackGetsTheFilesAfterAll() throws Exception {
    Path root = folder.resolve("late");
    Files.createDirectories(root.resolve("load-tests"));
    try (RefusingPort port = new RefusingPort();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      S3 late = S3Gateway.spec(port.number(), "load-tests", prefix);
      S3ResultStore store = store(late, "uid-1", QUICK, S3Gateway.KEYS);
      Future<Object> storing =
          threads.submit(
              () -> {
                store.store(files);
                return true;
              });
      S3Gateway started = S3Gateway.start(root, port.number());
      try {
        assertThat(storing.get()).isEqualTo(true);
      } finally {
        started.close();
      }
    }
    assertThat(root.resolve("load-tests/" + prefix)).isDirectory();
  }

  @Test
  void aLargeFileGoesUpInParts() throws Exception {
    Path large = files.getFirst().resolveSibling("large.hlog");
    byte[] bytes = new byte[2 * S3Bucket.PART_BYTES + 7];
    new SplittableRandom(1).nextBytes(bytes);
    Files.write(large, bytes);

    store("uid-1").store(List.of(large));

    assertThat(bucket.resolve(prefix + "/shop/checkout/checkout-1-abcde/large.hlog"))
        .hasSameBinaryContentAs(large);
  }

  @Test
  void theStoragesOwnWordsAreSaid() {
    assertThatThrownBy(
            () ->
                store(gateway.spec("nowhere", prefix), "uid-1", ONCE, S3Gateway.KEYS).store(files))
        .hasMessageContaining("NoSuchBucket (status 404): ");
  }

  @Test
  void withoutCredentialsTheFieldIsNamed() {
    S3ResultStore store =
        new S3ResultStore(gateway.spec("load-tests", prefix), plan("uid-1"), ONCE, Optional::empty);
    assertThatThrownBy(() -> store.store(files))
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining("spec.results.s3.credentials.secretName");
  }

  @Test
  void anIdentityThatDoesNotAnswerIsTriedAgainAndSaid() {
    S3ResultStore store =
        new S3ResultStore(
            gateway.spec("load-tests", prefix),
            plan("uid-1"),
            ONCE,
            () ->
                S3Credentials.of(
                    Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/")));
    assertThatThrownBy(() -> store.store(files))
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining("the pod's identity gave no credentials")
        .hasMessageContaining("tried 1 times");
    assertThatThrownBy(store::storedSummary).isInstanceOf(StoreFailedException.class);
  }
}
