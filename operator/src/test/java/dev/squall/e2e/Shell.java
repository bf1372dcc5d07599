package dev.squall.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands of this machine; progress goes to this process's standard error. */
final class Shell {
  private Shell() {}

  /**
   * Runs a command to its end.
   *
   * @return what it printed to standard output
   * @throws IllegalStateException if it fails, naming the command and its exit code
   */
  static String run(Map<String, String> environment, List<String> command) {
    Result result = tryRun(environment, command);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(
          "%s ended with %d: %s%s"
              .formatted(
                  String.join(" ", command), result.exitCode(), result.output(), result.error()));
    }
    return result.output();
  }

  /** Runs a command to its end, whatever its exit code. */
  static Result tryRun(Map<String, String> environment, List<String> command) {
    try {
      Path error = Files.createTempFile("squall-e2e", ".err");
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(error.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exitCode = process.waitFor();
      String errors = Files.readString(error);
      Files.delete(error);
      return new Result(exitCode, output, errors);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + String.join(" ", command), e);
    }
  }

  /** What a command left: exit code, standard output, standard error. */
  record Result(int exitCode, String output, String error) {}
}
