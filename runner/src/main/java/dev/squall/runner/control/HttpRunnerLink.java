package dev.squall.runner.control;

import dev.squall.api.wire.PodContract;
import dev.squall.runner.control.RunnerState.StartOrder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/** The line to a runner in another pod. */
public final class HttpRunnerLink implements RunnerLink {
  private static final Duration CALL = Duration.ofSeconds(4);

  private final String name;
  private final URI base;
  private final String token;
  private final HttpClient client;

  /**
   * A line to a pod.
   *
   * @param base the pod's URL, without a slash at its end
   * @param token the run's token
   */
  public HttpRunnerLink(String name, URI base, String token, HttpClient client) {
    this.name = name;
    this.base = base;
    this.token = token;
    this.client = client;
  }

  /** A client for any number of links. */
  public static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(2))
        // The usual pool has a platform thread for each of a thousand answers that come at once.
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long clock() throws IOException {
    String answer =
        new String(call("GET", RunnerApi.CLOCK_PATH, new byte[0]), StandardCharsets.UTF_8);
    try {
      return Long.parseLong(answer.strip());
    } catch (NumberFormatException e) {
      throw new IOException(name + " answered no clock: " + answer, e);
    }
  }

  @Override
  public void start(StartOrder order) throws IOException {
    call("POST", RunnerApi.START_PATH, Json.bytes(order));
  }

  @Override
  public void stop(boolean now) throws IOException {
    call("POST", PodContract.STOP_PATH + "?" + RunnerApi.NOW + "=" + now, new byte[0]);
  }

  @Override
  public void endTrial(int number) throws IOException {
    call("POST", RunnerApi.TRIAL_END_PATH + "?" + RunnerApi.NUMBER + "=" + number, new byte[0]);
  }

  @Override
  public Pull pull(int fromInterval, int most) throws IOException {
    String path =
        "%s?%s=%d&%s=%d"
            .formatted(RunnerApi.PULL_PATH, RunnerApi.FROM, fromInterval, RunnerApi.MOST, most);
    List<byte[]> frames = Frames.contents(call("GET", path, new byte[0]));
    if (frames.isEmpty()) {
      throw new IOException(name + " answered without its state");
    }
    RunnerState state = Json.parse(frames.getFirst(), RunnerState.class);
    return new Pull(state, frames.subList(1, frames.size()));
  }

  @Override
  public void stored() throws IOException {
    call("POST", RunnerApi.STORED_PATH, new byte[0]);
  }

  private byte[] call(String method, String path, byte[] body) throws IOException {
    BodyPublisher content =
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(CALL)
            .header("Authorization", "Bearer " + token)
            .method(method, content)
            .build();
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted: " + path);
      interrupted.initCause(e);
      throw interrupted;
    }
    if (response.statusCode() == 409) {
      throw new RunnerRefusedException(
          name + ": " + new String(response.body(), StandardCharsets.UTF_8).strip());
    }
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s answered %d to %s %s: %s"
              .formatted(
                  name,
                  response.statusCode(),
                  method,
                  path,
                  new String(response.body(), StandardCharsets.UTF_8).strip()));
    }
    return response.body();
  }
}
