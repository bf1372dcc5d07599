package dev.squall.operator.observe;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.wire.PodContract;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.TerminationMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Asks coordinators, without ever holding up a thread. Any thread may call. */
public final class CoordinatorClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** Members that a newer coordinator adds are left alone. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /**
   * Where a run's coordinator is, and how it knows us.
   *
   * @param base its address, for example {@code http://10.0.0.7:8080}
   * @param token the run's token
   */
  public record Coordinator(URI base, String token) {
    /** By the pod's address: no DNS, and never a pod that was replaced. */
    public static Coordinator of(String podIp, String token) {
      String host = podIp.contains(":") ? "[" + podIp + "]" : podIp;
      return new Coordinator(URI.create("http://%s:%d".formatted(host, PodContract.PORT)), token);
    }

    HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(base.resolve(path))
          .timeout(TIMEOUT)
          .header("Authorization", "Bearer " + token);
    }
  }

  /** The summary; fails with an {@link IOException} when there is no good answer within 3 s. */
  public CompletableFuture<Summary> summary(Coordinator coordinator) {
    HttpRequest request = coordinator.request(PodContract.SUMMARY_PATH).GET().build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .thenCompose(
            response -> {
              try {
                if (response.statusCode() != 200) {
                  throw new IOException(
                      "%s answered %d".formatted(request.uri(), response.statusCode()));
                }
                return CompletableFuture.completedFuture(
                    JSON.readValue(response.body(), Summary.class));
              } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
              }
            });
  }

  /** Ends the load at once; completes with the answer's status. */
  public CompletableFuture<Integer> stop(Coordinator coordinator) {
    return http.sendAsync(
            coordinator
                .request(PodContract.STOP_PATH)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  /** A coordinator's last word; empty if the text is none, as after a crash. */
  static Optional<TerminationMessage> lastWord(String text) {
    try {
      return Optional.ofNullable(JSON.readValue(text, TerminationMessage.class))
          .filter(word -> word.verdict() != null && word.stored() != null);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
