package dev.squall.runner.results;

import com.github.davidmoten.aws.lw.client.HttpClient;
import com.github.davidmoten.aws.lw.client.ResponseInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries the signed requests of the S3 client over the JDK's HTTP client. The S3 client's own
 * carrier refuses an answer that names a header twice in different case, as some storages do.
 */
final class SignedHttp implements HttpClient {
  /** The JDK sets these itself, to the very values that were signed. */
  private static final Set<String> OWN = Set.of("host", "content-length");

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final java.net.http.HttpClient client =
      java.net.http.HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .build();

  @Override
  public ResponseInputStream request(
      URL url,
      String method,
      Map<String, String> headers,
      byte @Nullable [] body,
      int connectTimeoutMs,
      int readTimeoutMs)
      throws IOException {
    BodyPublisher content =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url.toString()))
            .method(method, content)
            .timeout(Duration.ofMillis(readTimeoutMs));
    headers.forEach(
        (name, value) -> {
          if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
            request.header(name, value);
          }
        });
    try {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      return new ResponseInputStream(
          () -> {},
          answer.statusCode(),
          answer.headers().map(),
          new ByteArrayInputStream(answer.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("told to end").initCause(e);
    }
  }
}
