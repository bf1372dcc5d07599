package dev.squall.runner.vitals;

import dev.squall.runner.recording.GiveWay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The files in which the kernel tells about itself, below a root that tests choose. What cannot be
 * read is not available: kernels differ, and containers hide some of it.
 */
record KernelFiles(Path root) {
  private static final int MOST_BYTES = 1 << 20;

  /** This machine's. */
  static KernelFiles ofMachine() {
    return new KernelFiles(Path.of("/"));
  }

  /** A file's text, if it can be read. */
  Optional<String> text(String path) {
    GiveWay.ifDue();
    // Such files do not know their size, and settings answer only to a first read that takes all.
    try (InputStream in = Files.newInputStream(root.resolve(path))) {
      return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** A file's first word as a number, if it can be read and is one. */
  Optional<Long> number(String path) {
    return text(path).stream()
        .flatMap(text -> Counters.words(text).stream())
        .findFirst()
        .flatMap(KernelFiles::parsed);
  }

  /** Names in a folder; none if it cannot be read. */
  Set<String> names(String path) {
    String[] inside = root.resolve(path).toFile().list();
    return inside == null ? Set.of() : Set.copyOf(Arrays.asList(inside));
  }

  private static Optional<Long> parsed(String word) {
    try {
      return Optional.of(Long.parseLong(word));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** The number behind a key in lines of {@code key number}, or {@code -1}. */
  static long valueOf(String key, String text) {
    return text.lines()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length() + 1).strip())
        .flatMap(word -> parsed(word).stream())
        .findFirst()
        .orElse(-1L);
  }
}
