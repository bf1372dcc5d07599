package dev.squall.runner.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone once it is closed, with all that is in it. */
record WorkFolder(Path path) implements Closeable {
  /** Among the machine's temporary ones. */
  static WorkFolder temporary() throws IOException {
    return new WorkFolder(Files.createTempDirectory("squall-"));
  }

  /** In another folder, which is made if it is missing. */
  static WorkFolder in(Path folder) throws IOException {
    return new WorkFolder(Files.createTempDirectory(Files.createDirectories(folder), "squall-"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> left = Files.walk(path)) {
      for (Path one : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
