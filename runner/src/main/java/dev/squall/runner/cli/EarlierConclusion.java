package dev.squall.runner.cli;

import dev.squall.api.wire.Summary;
import dev.squall.runner.coordinator.Conclusion;
import dev.squall.runner.results.ResultStore;
import dev.squall.runner.results.StoreFailedException;
import dev.squall.runner.results.SummaryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a coordinator of this run concluded before this one began. It stands in this container's own
 * files if it was restarted in place, and in the storage if its pod was lost: the runners were let
 * go then, so waiting for them would be in vain. The storage is asked aside, since it may take long
 * to answer and, in a first coordinator, has nothing to say.
 */
final class EarlierConclusion {
  private static final String FILE = "concluded.json";
  private static final Logger LOG = LoggerFactory.getLogger(EarlierConclusion.class);

  private final CompletableFuture<Optional<Summary>> answer;

  private EarlierConclusion(CompletableFuture<Optional<Summary>> answer) {
    this.answer = answer;
  }

  /**
   * Looks into this container's files at once, and into the storage on a thread of its own.
   *
   * @param folder of the result files
   * @param store where the run's files are to go
   */
  static EarlierConclusion look(Path folder, Optional<ResultStore> store) throws IOException {
    Path file = folder.resolveSibling(FILE);
    if (Files.exists(file)) {
      return new EarlierConclusion(
          CompletableFuture.completedFuture(
              Optional.of(SummaryJson.parse(Files.readAllBytes(file)))));
    }
    return new EarlierConclusion(
        store
            .map(s -> CompletableFuture.supplyAsync(() -> stored(s), Thread::startVirtualThread))
            .orElse(CompletableFuture.completedFuture(Optional.empty())));
  }

  private static Optional<Summary> stored(ResultStore store) {
    try {
      return Conclusion.storedBefore(store);
    } catch (StoreFailedException | IOException | RuntimeException e) {
      // Not an answer either way, whatever it is: the runners, if they are there, know better.
      LOG.warn("whether this run's results are stored already is not known: {}", e.toString());
      return Optional.empty();
    }
  }

  /** What is known of it by now. */
  Optional<Summary> found() {
    return answer.getNow(Optional.empty());
  }

  /** Leaves a conclusion for a coordinator that is restarted in this container's place. */
  static void leave(Path folder, byte[] summary) throws IOException {
    Files.write(folder.resolveSibling(FILE), summary);
  }
}
