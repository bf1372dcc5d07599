package dev.squall.runner.results;

import dev.squall.runner.recording.Snapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result files of one run in a folder: history and histogram log are written as the run goes,
 * the others at its end. Used by one thread.
 */
public final class ResultFiles implements ResultSink, AutoCloseable {
  /** Name of the summary's file. */
  public static final String SUMMARY = "summary.json";

  private final Path folder;
  private final String prefix;
  private final boolean fullHistory;
  private @Nullable Writer history;
  private @Nullable HistoryCsv historyCsv;
  private @Nullable HistogramLog histograms;
  private long startSeconds;

  /**
   * Files in a folder, which is made if it is missing.
   *
   * @param prefix what the CSV files' names begin with: the LoadTest's name
   * @param fullHistory whether the history has rows of each series
   */
  public ResultFiles(Path folder, String prefix, boolean fullHistory) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.prefix = prefix;
    this.fullHistory = fullHistory;
  }

  @Override
  public void begin(Instant start, Totals totals, Recent recent) throws IOException {
    startSeconds = start.getEpochSecond();
    history = Files.newBufferedWriter(csv("stats_history"), StandardCharsets.UTF_8);
    historyCsv = new HistoryCsv(history, fullHistory);
    historyCsv.tick(startSeconds, 0, totals, recent);
    histograms =
        new HistogramLog(
            new BufferedOutputStream(Files.newOutputStream(folder.resolve("histograms.hlog"))),
            start);
  }

  @Override
  public void interval(Snapshot interval, Totals totals, Recent recent) throws IOException {
    if (historyCsv == null || histograms == null) {
      throw new IllegalStateException("an interval before the start");
    }
    historyCsv.tick(startSeconds + interval.interval(), interval.users(), totals, recent);
    histograms.interval(interval);
  }

  @Override
  public void end(Totals totals, double loadSeconds, List<RunnerFault> faults) throws IOException {
    close();
    write(csv("stats"), StatsCsv.text(totals, loadSeconds));
    write(csv("failures"), FailuresCsv.text(totals.failures()));
    write(csv("exceptions"), ExceptionsCsv.text(faults));
    Optional<String> streams = StreamsCsv.text(totals);
    if (streams.isPresent()) {
      write(csv("streams"), streams.get());
    }
  }

  /** Writes the summary; it may be written again. */
  public void summary(byte[] json) throws IOException {
    Files.write(folder.resolve(SUMMARY), json);
  }

  /** Every file, by name. */
  public List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  private Path csv(String name) {
    return folder.resolve(prefix + "_" + name + ".csv");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    if (history != null) {
      history.close();
      history = null;
    }
    if (histograms != null && histograms.close()) {
      throw new IOException("the histogram log could not be written to " + folder);
    }
    histograms = null;
  }
}
