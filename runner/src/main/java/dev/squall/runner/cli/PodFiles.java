package dev.squall.runner.cli;

import dev.squall.api.wire.PodContract;
import dev.squall.runner.engine.EngineOptions.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a pod finds its things: {@link PodContract}'s paths, which variables may move for tests.
 *
 * @param plan folder of the plan
 * @param token file of the run's token
 * @param work writable folder
 * @param results where a results volume is mounted
 * @param terminationLog file of the last word
 * @param listen where to listen
 */
record PodFiles(
    Path plan, Path token, Path work, Path results, Path terminationLog, InetSocketAddress listen) {
  static PodFiles ofEnvironment() {
    return new PodFiles(
        path("SQUALL_PLAN_DIR", PodContract.PLAN_DIR),
        path("SQUALL_TOKEN_FILE", PodContract.TOKEN_FILE),
        path("SQUALL_WORK_DIR", PodContract.WORK_DIR),
        path("SQUALL_RESULTS_DIR", PodContract.RESULTS_DIR),
        path("SQUALL_TERMINATION_LOG", "/dev/termination-log"),
        new InetSocketAddress(
            Integer.parseInt(variable("SQUALL_PORT").orElse("" + PodContract.PORT))));
  }

  /** The run's token. */
  String readToken() {
    try {
      String text = Files.readString(token).strip();
      if (text.isEmpty()) {
        throw new InvalidInputException(token + " is empty; it must hold the run's token");
      }
      return text;
    } catch (IOException e) {
      throw new InvalidInputException(
          "the run's token cannot be read from %s (%s); mount its Secret there"
              .formatted(token, e));
    }
  }

  /** How sockets are to be driven: also what {@code squall run} is told. */
  static Transport transport() {
    String asked = variable(PodContract.TRANSPORT_VARIABLE).orElse("auto");
    return Arrays.stream(Transport.values())
        .filter(one -> one.name().equalsIgnoreCase(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s is '%s'; it must be auto, io_uring, epoll or nio"
                        .formatted(PodContract.TRANSPORT_VARIABLE, asked)));
  }

  static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank());
  }

  private static Path path(String variable, String standard) {
    return Path.of(variable(variable).orElse(standard));
  }
}
