package dev.squall.runner.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The thread of another JVM that collects with its serial collector, as the kernel counts it. */
final class CollectingThread {
  private final Path tasks;

  CollectingThread(Process jvm) {
    tasks = Path.of("/proc/" + jvm.pid() + "/task");
  }

  /** How long it has run on a CPU since its start; 0 if it is not there. */
  long ranNanos() throws IOException {
    try (Stream<Path> all = Files.list(tasks)) {
      Optional<Path> thread = all.filter(CollectingThread::collects).findFirst();
      return thread.isEmpty()
          ? 0
          : Long.parseLong(Files.readString(thread.get().resolve("schedstat")).split(" ", -1)[0]);
    } catch (IOException | UncheckedIOException e) {
      return 0; // it ended meanwhile
    }
  }

  private static boolean collects(Path task) {
    try {
      return Files.readString(task.resolve("comm")).equals("VM Thread\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
