package dev.squall.runner.cli;

import dev.squall.api.check.Checked;
import dev.squall.api.check.LoadTestManifest;
import dev.squall.api.check.Manifests;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.Summary;
import dev.squall.runner.plan.PlanException;
import dev.squall.runner.plan.Sources;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code squall run}: a LoadTest's manifest from this machine, without a cluster. */
@Command(
    name = "run",
    description = "Runs the LoadTest of a manifest from this machine, without a cluster.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "YAML or JSON file with one LoadTest.")
  private @Nullable Path file;

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "Base URL to send to, instead of the manifest's target.")
  private @Nullable String target;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "Folder in which each run makes one of its own (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("results");

  @Option(
      names = "--dataset",
      paramLabel = "NAME=FILE",
      description = "CSV file of a dataset; repeat for each.")
  private Map<String, Path> datasets = Map.of();

  @Option(
      names = "--secret",
      paramLabel = "NAME/KEY=FILE",
      description = "File with the value of a Secret's key; repeat for each.")
  private Map<String, Path> secrets = Map.of();

  @Option(
      names = "--runners",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many runners share the load in this process (default: ${DEFAULT-VALUE}).")
  private int runners = 1;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Writes 64 bytes for each request to FILE, its instants among them, and gives requests"
              + " the headers X-Squall-User, X-Squall-Iteration and X-Squall-Step, by which the"
              + " target's own log can be told apart (docs/validity.md).")
  private @Nullable Path trace;

  @Option(names = "--train", hidden = true)
  private boolean train;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (train) {
      return Training.run(spec.commandLine().getOut());
    }
    if (file == null) {
      throw new InvalidInputException("name the manifest: squall run FILE");
    }
    if (runners < 1) {
      throw new InvalidInputException("--runners: must be at least 1");
    }
    if (trace != null) {
      RunFolder.writable(trace);
    }
    LoadTestManifest manifest = manifest(file);
    String url = TargetUrl.of(target, manifest.spec().target());
    Path folder = RunFolder.create(out, manifest.name());
    Plan plan = plan(manifest, folder.getFileName().toString(), url);
    Sources sources = new Sources.Named(secrets, datasets);
    try (WorkFolder work = WorkFolder.temporary();
        LocalRun run = new LocalRun(plan, sources, folder, work.path(), trace)) {
      Interrupts.onEach(n -> interrupted(run, n));
      return run(run, folder);
    } catch (PlanException e) {
      // Nothing was run, so nothing is left behind.
      Files.deleteIfExists(folder);
      throw e;
    }
  }

  private int run(LocalRun run, Path folder) throws IOException, InterruptedException {
    PrintWriter output = spec.commandLine().getOut();
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    LiveView view = new LiveView(run.progress(), output, terminal);
    Summary summary;
    try {
      summary = run.run();
    } finally {
      view.end();
    }
    ResultTable.lines(summary, run.progress().searchNow()).forEach(output::println);
    List<String> thresholds = ResultTable.thresholds(summary);
    if (!thresholds.isEmpty()) {
      output.println();
      thresholds.forEach(output::println);
    }
    output.println();
    Verdict verdict = summary.verdict();
    output.println("%s (%s): %s".formatted(verdict, summary.reason(), summary.message()));
    output.println("results in " + folder);
    if (run.leftOut() > 0) {
      output.println(
          "%d requests are not in %s: it could not be written as fast as they came"
              .formatted(run.leftOut(), trace));
    }
    output.flush();
    if (run.stopped()) {
      return ExitCode.ABORTED.code();
    }
    return verdict == null ? ExitCode.INTERNAL.code() : ExitCode.of(verdict).code();
  }

  private void interrupted(LocalRun run, int times) {
    PrintWriter err = spec.commandLine().getErr();
    if (times == 1) {
      err.println("ending gracefully; once more ends the load at once");
      run.stop(false);
    } else if (times == 2) {
      err.println("ending the load at once; once more ends this program without results");
      run.stop(true);
    } else {
      Runtime.getRuntime().halt(ExitCode.ABORTED.code());
    }
  }

  private static LoadTestManifest manifest(Path file) {
    List<LoadTestManifest> accepted = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Checked one : Manifests.check(ValidateCommand.read(file))) {
      switch (one) {
        case Checked.Accepted fine -> accepted.add(fine.manifest());
        case Checked.Refused refused ->
            refused.problems().forEach(p -> problems.add(file + ": " + p));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(String.join(System.lineSeparator() + "error: ", problems));
    }
    if (accepted.size() > 1) {
      throw new InvalidInputException(
          file + " holds " + accepted.size() + " LoadTests; run takes a file with one");
    }
    return accepted.getFirst();
  }

  private Plan plan(LoadTestManifest manifest, String run, String url) {
    return new Plan(
        manifest.namespace().orElse("local"),
        manifest.name(),
        run,
        UUID.randomUUID().toString(),
        runners,
        url,
        manifest.spec());
  }
}
