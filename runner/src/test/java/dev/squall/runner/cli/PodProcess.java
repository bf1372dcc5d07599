package dev.squall.runner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.PodContract;
import dev.squall.api.wire.Summary;
import dev.squall.runner.OtherJvm;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A pod's program as a process of its own on loopback, with a pod's folders and variables. */
final class PodProcess implements AutoCloseable {
  static final String TOKEN = "token-of-this-run";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final String role;
  private final int port;
  private final ProcessBuilder builder;
  private Process process;

  private PodProcess(Path folder, String role, int port, ProcessBuilder builder)
      throws IOException {
    this.folder = folder;
    this.role = role;
    this.port = port;
    this.builder = builder;
    this.process = builder.start();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The first of so many free ports in a row; its last digit is 0, for a pattern of URLs. */
  static int freePorts(int count) throws IOException {
    int first = freePort() / 10 * 10;
    while (!free(first, count)) {
      first = freePort() / 10 * 10;
    }
    return first;
  }

  private static boolean free(int first, int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(first + i));
      }
      return true;
    } catch (BindException e) {
      return false;
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  /**
   * Starts the runners of a run and its coordinator, which it returns.
   *
   * @param pods gets each once it is started, the coordinator last: what fails in between leaves
   *     none that the caller cannot close
   */
  static PodProcess start(Path root, Plan plan, int runners, List<PodProcess> pods)
      throws IOException {
    int firstPort = freePorts(runners);
    for (int index = 0; index < runners; index++) {
      pods.add(runner(root, plan, index, firstPort));
    }
    PodProcess coordinator = coordinator(root, plan, firstPort);
    pods.add(coordinator);
    return coordinator;
  }

  private static PodProcess runner(Path root, Plan plan, int index, int firstPort)
      throws IOException {
    return of(
        root.resolve("runner-" + index),
        plan,
        PodContract.RUNNER,
        firstPort + index,
        PodContract.INDEX_VARIABLE,
        "" + index);
  }

  /** A runner whose CPU is limited. */
  static PodProcess runner(Path root, Plan plan, int index, int firstPort, CpuLimit limit)
      throws IOException {
    return of(
        root.resolve("runner-" + index),
        plan,
        PodContract.RUNNER,
        firstPort + index,
        PodContract.INDEX_VARIABLE,
        "" + index,
        limit.command());
  }

  /** A coordinator of runners on {@linkplain #freePorts ports in a row}. */
  static PodProcess coordinator(Path root, Plan plan, int firstPort) throws IOException {
    return coordinator(root, plan, "http://127.0.0.1:" + firstPort / 10 + "%d");
  }

  static PodProcess coordinator(Path root, Plan plan, String runnerUrl) throws IOException {
    return of(
        root.resolve("coordinator"),
        plan,
        PodContract.COORDINATOR,
        freePort(),
        PodContract.RUNNER_URL_VARIABLE,
        runnerUrl);
  }

  private static PodProcess of(
      Path folder, Plan plan, String role, int port, String variable, String value)
      throws IOException {
    return of(folder, plan, role, port, variable, value, List.of());
  }

  private static PodProcess of(
      Path folder,
      Plan plan,
      String role,
      int port,
      String variable,
      String value,
      List<String> before)
      throws IOException {
    Files.createDirectories(folder.resolve("plan"));
    Files.createDirectories(folder.resolve("work"));
    Files.write(folder.resolve("plan/" + PodContract.PLAN_KEY), JSON.writeValueAsBytes(plan));
    Files.writeString(folder.resolve("token"), TOKEN + "\n");
    List<String> command = new ArrayList<>(before);
    // The heap of a pod limited to the operator's default of 512 MiB.
    command.addAll(
        OtherJvm.command(Main.class, List.of("-XX:+UseSerialGC", "-Xmx358m"), List.of(role)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().put("SQUALL_PLAN_DIR", folder.resolve("plan").toString());
    builder.environment().put("SQUALL_TOKEN_FILE", folder.resolve("token").toString());
    builder.environment().put("SQUALL_WORK_DIR", folder.resolve("work").toString());
    builder.environment().put("SQUALL_RESULTS_DIR", folder.resolve("volume").toString());
    builder
        .environment()
        .put("SQUALL_TERMINATION_LOG", folder.resolve("termination-log").toString());
    builder.environment().put("SQUALL_PORT", "" + port);
    builder.environment().put(variable, value);
    return new PodProcess(folder, role, port, builder);
  }

  long pid() {
    return process.pid();
  }

  Path folder() {
    return folder;
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** The container begins anew in the same pod. */
  void restart() throws IOException {
    process = builder.start();
  }

  int awaitExit(Duration atMost) throws InterruptedException, IOException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(role + " did not end in " + atMost + ":\n" + log());
    }
    return process.exitValue();
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  /** The summary once it is as wanted. */
  Summary await(Duration atMost, Predicate<Summary> wanted)
      throws InterruptedException, IOException {
    return await(atMost, Duration.ofMillis(50), wanted);
  }

  /** The same, looked at every so often: each look costs the coordinator a summary. */
  Summary await(Duration atMost, Duration every, Predicate<Summary> wanted)
      throws InterruptedException, IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    Optional<Summary> last = Optional.empty();
    while (System.nanoTime() < deadline && process.isAlive()) {
      last = summary();
      if (last.filter(wanted).isPresent()) {
        return last.get();
      }
      TimeUnit.MILLISECONDS.sleep(every.toMillis());
    }
    throw new AssertionError("not in " + atMost + "; the last one was " + last + "\n" + log());
  }

  private Optional<Summary> summary() throws InterruptedException {
    try {
      String text = call("GET", PodContract.SUMMARY_PATH, TOKEN).body();
      return Optional.of(JSON.readValue(text, Summary.class));
    } catch (IOException e) {
      // It does not listen yet, or has ended meanwhile.
      return Optional.empty();
    }
  }

  HttpResponse<String> call(String method, String path, String token)
      throws InterruptedException, IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Authorization", "Bearer " + token)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    }
  }

  @Override
  public void close() {
    kill();
  }
}
