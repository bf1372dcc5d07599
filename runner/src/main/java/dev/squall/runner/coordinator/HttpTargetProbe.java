package dev.squall.runner.coordinator;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A GET on the readiness path: a status below 400 is ready. */
public final class HttpTargetProbe implements TargetProbe {
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** A URL whose host ends with a dot. */
  private static final Pattern ROOTED = Pattern.compile("^([a-z]+://[^/:\\[]*[^/:.])\\.(?=[:/]|$)");

  private final HttpClient client;
  private final URI url;

  /** A probe of {@code targetUrl} + {@code path}. */
  public HttpTargetProbe(HttpClient client, String targetUrl, String path) {
    String base =
        targetUrl.endsWith("/") ? targetUrl.substring(0, targetUrl.length() - 1) : targetUrl;
    this.client = client;
    // The client would put the name's trailing dot into the Host header, and reject it in SNI.
    this.url = URI.create(ROOTED.matcher(base).replaceFirst("$1") + path);
  }

  /**
   * A client that accepts any certificate, for a target whose own authority only runners know: that
   * it answers is all that is asked of it here.
   */
  public static HttpClient unverifying() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(context).connectTimeout(ANSWER).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  @Override
  public Optional<String> problem() {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(ANSWER).build();
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      return status < 400
          ? Optional.empty()
          : Optional.of("the target answers %d to GET %s".formatted(status, url));
    } catch (IOException e) {
      return Optional.of("the target does not answer GET %s (%s)".formatted(url, reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while asking " + url);
    }
  }

  private static String reason(IOException e) {
    // The client's own exceptions often have no message; their class then says what happened.
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
