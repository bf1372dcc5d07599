package dev.squall.runner.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The folder of one run's result files, named by test and time. */
final class RunFolder {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private RunFolder() {}

  /** A new folder for this run; an earlier run's is never written to again. */
  static Path create(Path out, String name) throws IOException {
    String stamp = name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
    Files.createDirectories(out);
    for (int n = 1; ; n++) {
      Path folder = out.resolve(n == 1 ? stamp : stamp + "-" + n);
      if (created(folder)) {
        return folder;
      }
    }
  }

  /** False if there is one already: another run of the same second. */
  private static boolean created(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Whether a trace can be written, before anything is sent.
   *
   * @throws InvalidInputException if not
   */
  static void writable(Path trace) {
    Path folder = trace.toAbsolutePath().getParent();
    if (Files.isDirectory(trace) || folder == null) {
      throw new InvalidInputException("--trace: " + trace + " is a folder; name a file");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(Files.exists(trace) ? trace : folder)) {
      throw new InvalidInputException(
          "--trace: "
              + trace
              + " cannot be written; name a file in a folder that is there and may be written to");
    }
  }
}
