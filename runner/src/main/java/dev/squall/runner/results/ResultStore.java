package dev.squall.runner.results;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a run's files are kept for good. */
public interface ResultStore {
  /** Where a file of this name lies, or will lie. */
  String url(String name);

  /** Where it is and how it is reached, in a few words. */
  String place();

  /**
   * The summary's file of this very run, if it was stored before.
   *
   * @throws StoreFailedException if that cannot be found out, with why and the fix
   */
  Optional<byte[]> storedSummary() throws StoreFailedException;

  /**
   * Stores the files, never over those of another run. It may be called again.
   *
   * @throws StoreFailedException if that cannot be done, with why and the fix
   */
  void store(List<Path> files) throws StoreFailedException, InterruptedException;
}
