package dev.squall.runner.cli;

import dev.squall.api.check.Checked;
import dev.squall.api.check.Manifests;
import dev.squall.api.check.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code squall validate}: says what the API server and the operator would say. */
@Command(
    name = "validate",
    description = "Checks manifests as the API server and the operator would, without a cluster.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML or JSON files.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean valid = true;
    for (Path file : files) {
      for (Checked one : Manifests.check(read(file))) {
        switch (one) {
          case Checked.Accepted accepted ->
              out.println(file + ": " + accepted.name() + " is valid");
          case Checked.Refused refused -> {
            valid = false;
            for (Problem problem : refused.problems()) {
              err.println(file + ": " + (one.name().isEmpty() ? "" : one.name() + ": ") + problem);
            }
          }
        }
      }
    }
    return (valid ? ExitCode.PASSED : ExitCode.INVALID).code();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read: " + e);
    }
  }
}
