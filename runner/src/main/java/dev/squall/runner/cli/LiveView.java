package dev.squall.runner.cli;

import dev.squall.api.wire.Summary;
import dev.squall.runner.coordinator.RunProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a run while it goes: on a terminal a table that is drawn over each second, else a plain
 * line every few seconds.
 */
final class LiveView {
  private static final Duration REDRAW = Duration.ofSeconds(1);
  private static final Duration PLAIN = Duration.ofSeconds(5);

  private final RunProgress progress;
  private final PrintWriter out;
  private final boolean terminal;
  private final Thread thread;
  private final long begin = System.nanoTime();
  private int drawn;

  LiveView(RunProgress progress, PrintWriter out, boolean terminal) {
    this.progress = progress;
    this.out = out;
    this.terminal = terminal;
    this.thread = Thread.ofPlatform().name("live-view").daemon().start(this::show);
  }

  private void show() {
    try {
      while (true) {
        Thread.sleep(terminal ? REDRAW : PLAIN);
        Summary now = progress.summary();
        int second = (int) Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        if (terminal) {
          redraw(now, second);
        } else {
          out.println(ResultTable.line(now, second));
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void redraw(Summary now, int second) {
    List<String> lines = new ArrayList<>();
    lines.add(ResultTable.line(now, second) + "   " + now.message());
    lines.add("");
    lines.addAll(ResultTable.lines(now, progress.searchNow()));
    StringBuilder text = new StringBuilder(erased());
    // A line that wraps would break the count of lines to go back over.
    lines.forEach(line -> text.append("\033[?7l").append(line).append("\033[?7h\n"));
    drawn = lines.size();
    out.print(text);
    out.flush();
  }

  /** Back over what was drawn last. */
  private String erased() {
    return drawn == 0 ? "" : "\033[" + drawn + "A\033[J";
  }

  /** Ends the show and, on a terminal, takes its table away: the final one follows. */
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
    if (terminal) {
      out.print(erased());
      out.flush();
    }
  }
}
