package dev.squall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The files of one run in the object storage. */
record StoredFiles(String loadTest, Map<String, byte[]> files) {
  private static final String BUCKET = "load-tests";

  /** Reads every file of a run through a port forwarded to the storage. */
  static StoredFiles of(Space space, String run) {
    LoadTestRun resource = space.run(run);
    String folder = space.namespace() + "/" + resource.getSpec().loadTest() + "/" + run + "/";
    Map<String, byte[]> files = new TreeMap<>();
    try (LocalPortForward forward =
            space.client().services().inNamespace("storage").withName("s3").portForward(9000);
        S3Client s3 = client(forward.getLocalPort())) {
      for (var object : s3.listObjectsV2(r -> r.bucket(BUCKET).prefix(folder)).contents()) {
        files.put(
            object.key().substring(folder.length()),
            s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(object.key())).asByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot forward a port to the storage", e);
    }
    return new StoredFiles(resource.getSpec().loadTest(), files);
  }

  private static S3Client client(int port) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("squall", "squall-for-tests-only")))
        .build();
  }

  /** A file as text. */
  String text(String name) {
    byte[] bytes = files.get(name);
    assertThat(bytes).as("%s among %s", name, files.keySet()).isNotNull();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The statistics' rows. */
  List<NamedCsvRecord> stats() {
    return csv("stats");
  }

  /** Rows of one of Locust's four files. */
  List<NamedCsvRecord> csv(String kind) {
    String text = text(loadTest + "_" + kind + ".csv");
    return CsvReader.builder().ofNamedCsvRecord(text).stream().toList();
  }

  /** The summary as JSON. */
  JsonNode summary() {
    try {
      return new ObjectMapper().readTree(text("summary.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts that the files say what the status says, to the last count. */
  void assertAgreesWith(LoadTestRunStatus status) {
    NamedCsvRecord whole = stats().getLast();
    assertThat(whole.getField("Name")).isEqualTo("Aggregated");
    assertThat(Long.parseLong(whole.getField("Request Count"))).isEqualTo(status.requests());
    assertThat(Long.parseLong(whole.getField("Failure Count"))).isEqualTo(status.failures());
    for (var task : status.tasks()) {
      NamedCsvRecord row =
          stats().stream()
              .filter(r -> r.getField("Name").equals(task.name()))
              .findAny()
              .orElseThrow();
      assertThat(Long.parseLong(row.getField("Request Count"))).isEqualTo(task.requests());
      assertThat(Long.parseLong(row.getField("Failure Count"))).isEqualTo(task.failures());
    }
    NamedCsvRecord last = csv("stats_history").getLast();
    assertThat(Long.parseLong(last.getField("Total Request Count"))).isEqualTo(status.requests());
    assertThat(Long.parseLong(last.getField("Total Failure Count"))).isEqualTo(status.failures());
    assertThat(
            csv("failures").stream()
                .mapToLong(r -> Long.parseLong(r.getField("Occurrences")))
                .sum())
        .isEqualTo(status.failures());
    assertThat(summary().at("/requests").asLong()).isEqualTo(status.requests());
    assertThat(summary().at("/failures").asLong()).isEqualTo(status.failures());
    if (status.verdict() != null) {
      assertThat(summary().at("/verdict").asText()).isEqualTo(status.verdict().name());
    }
    assertThat(status.files()).hasSizeGreaterThanOrEqualTo(6);
  }
}
