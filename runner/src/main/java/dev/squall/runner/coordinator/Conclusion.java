package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.Summary.Stored;
import dev.squall.runner.results.ResultFiles;
import dev.squall.runner.results.ResultStore;
import dev.squall.runner.results.StoreFailedException;
import dev.squall.runner.results.SummaryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the verdict to the stored files. The summary's file is written before it is stored, so it
 * says already where it will lie; if that fails it is written again.
 */
public final class Conclusion {
  private static final Logger LOG = LoggerFactory.getLogger(Conclusion.class);

  private final RunProgress progress;
  private final ResultFiles files;
  private final String version;

  /** The end of this run. */
  public Conclusion(RunProgress progress, ResultFiles files, String version) {
    this.progress = progress;
    this.files = files;
    this.version = version;
  }

  /**
   * Stores the files for good, or says why that failed. Files that stay here are named by a path.
   */
  public Summary store(ResultStore store, Function<String, String> pathHere)
      throws IOException, InterruptedException {
    state(new Stored(Stored.State.Stored, "stored in " + store.place()), store::url);
    try {
      Optional<Summary> earlier = earlier(store);
      if (earlier.isPresent()) {
        LOG.warn("an earlier coordinator of this run stored its results; they are kept");
        return earlier.get();
      }
      store.store(files.list());
      LOG.info("the results are stored in {}", store.place());
    } catch (StoreFailedException e) {
      LOG.error("the results are not stored: {}", e.getMessage());
      state(
          new Stored(
              Stored.State.Failed,
              e.getMessage() + "; until then fetch the files from the coordinator"),
          pathHere);
    }
    return progress.summary();
  }

  /** Leaves the files where they are. */
  public Summary keep(String message, Function<String, String> pathHere) throws IOException {
    state(new Stored(Stored.State.Kept, message), pathHere);
    return progress.summary();
  }

  /**
   * What a coordinator before this one stored. It matters only where this one has nothing: the
   * runners have ended, since they were told that everything is stored.
   */
  private Optional<Summary> earlier(ResultStore store) throws StoreFailedException, IOException {
    Summary mine = progress.summary();
    if (mine.startTime() != null || mine.verdict() != Verdict.Inconclusive) {
      return Optional.empty();
    }
    return storedBefore(store);
  }

  /**
   * The summary that a coordinator of this run stored before, with its own file among the files.
   *
   * @throws StoreFailedException if the storage cannot say
   * @throws IOException if what is stored is no summary
   */
  public static Optional<Summary> storedBefore(ResultStore store)
      throws StoreFailedException, IOException {
    Optional<byte[]> found = store.storedSummary();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Summary summary = SummaryJson.parse(found.get());
    List<StoredFile> files = new ArrayList<>(summary.files());
    files.add(
        new StoredFile(ResultFiles.SUMMARY, store.url(ResultFiles.SUMMARY), found.get().length));
    return Optional.of(summary.withFiles(files));
  }

  private void state(Stored stored, Function<String, String> url) throws IOException {
    List<StoredFile> list = new ArrayList<>();
    for (Path file : files.list()) {
      String name = file.getFileName().toString();
      if (!name.equals(ResultFiles.SUMMARY)) {
        list.add(new StoredFile(name, url.apply(name), Files.size(file)));
      }
    }
    progress.stored(stored, list);
    byte[] json = SummaryJson.bytes(progress.plan(), progress.completedSummary(), version);
    files.summary(json);
    list.add(new StoredFile(ResultFiles.SUMMARY, url.apply(ResultFiles.SUMMARY), json.length));
    progress.stored(stored, list);
  }
}
