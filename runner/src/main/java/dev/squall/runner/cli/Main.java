package dev.squall.runner.cli;

import dev.squall.api.wire.PodContract;
import dev.squall.runner.plan.PlanException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The one program: a pod's roles, and the same on a laptop. */
@Command(
    name = "squall",
    description = "Runs load tests: as pods of a LoadTest, or from this machine.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      VersionCommand.class,
      RunnerCommand.class,
      CoordinatorCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  Main() {
    spec = CommandSpec.create();
  }

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    logging(args);
    System.exit(execute(args));
  }

  static int execute(String... args) {
    if (args.length == 1 && args[0].equals(PodContract.RUNNER)) {
      return pod(new RunnerCommand());
    }
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(Main::failed);
    line.setParameterExceptionHandler(Main::misused);
    line.getCommandSpec()
        .usageMessage()
        .footer(
            Arrays.stream(ExitCode.values())
                .map(c -> "  %3d  %s".formatted(c.code(), c.meaning()))
                .collect(Collectors.joining("%n", "%nExit codes:%n", "%n"))
                .split("%n", -1));
    try {
      return line.execute(args);
    } catch (NoClassDefFoundError e) {
      // The image leaves out what only a manifest's check needs.
      line.getErr()
          .println(
              "internal error: %s is not here: the image holds what a run's pods need; for squall run and squall validate use the program itself (make build)"
                  .formatted(e.getMessage()));
      return ExitCode.INTERNAL.code();
    }
  }

  /** A role without options, which needs no parser of them: that takes a fifth of its start. */
  private static int pod(Callable<Integer> role) {
    try {
      return role.call();
    } catch (Exception e) {
      return failed(e, new PrintWriter(System.err, true, Charset.defaultCharset()));
    }
  }

  /** Pods log what they do; on a terminal the table is what counts, and only what went wrong. */
  private static void logging(String[] args) {
    boolean pod =
        args.length > 0
            && (args[0].equals(PodContract.RUNNER) || args[0].equals(PodContract.COORDINATOR));
    setDefault("org.slf4j.simpleLogger.defaultLogLevel", pod ? "info" : "warn");
    setDefault("org.slf4j.simpleLogger.showDateTime", "true");
    setDefault("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    setDefault("org.slf4j.simpleLogger.showThreadName", "false");
    setDefault("org.slf4j.simpleLogger.showShortLogName", "true");
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static int failed(Exception e, CommandLine line, ParseResult parsed) {
    return failed(e, line.getErr());
  }

  private static int failed(Exception e, PrintWriter err) {
    if (e instanceof InvalidInputException) {
      err.println("error: " + e.getMessage());
      return ExitCode.INVALID.code();
    }
    if (e instanceof PlanException plan) {
      plan.problems().forEach(p -> err.println("error: " + p));
      return ExitCode.INVALID.code();
    }
    err.println("internal error: " + e);
    e.printStackTrace(err);
    return ExitCode.INTERNAL.code();
  }

  private static int misused(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("error: " + e.getMessage());
    line.getErr().println("see " + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.INVALID.code();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
