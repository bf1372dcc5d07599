package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Summary;
import java.util.Set;

/** What a run says, as it should, where the machine kept its parts from what was due. */
final class TooBusy {
  /** How often a test runs anew what the machine has spoiled. */
  static final int TIMES = 4;

  private static final Set<String> REASONS =
      Set.of("RunnerLate", "RunnerPaused", "StartSkewed", "CoordinatorSilent");

  private TooBusy() {}

  static boolean says(Summary summary) {
    return summary.verdict() == Verdict.Inconclusive && says(summary.reason());
  }

  private static boolean says(String reason) {
    boolean busy = REASONS.contains(reason);
    if (busy) {
      System.out.println("run again, since the machine was too busy: " + reason);
    }
    return busy;
  }

  /** The same of what the program prints. */
  static boolean says(int exitCode, String printed) {
    return exitCode == ExitCode.INCONCLUSIVE.code()
        && REASONS.stream().anyMatch(r -> printed.contains("(" + r + ")") && says(r));
  }
}
