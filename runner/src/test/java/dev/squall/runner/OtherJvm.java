package dev.squall.runner;

import java.util.ArrayList;
import java.util.List;

/**
 * The command of a JVM beside this one, with the same class path. Signals have their usual effect
 * in it, also where this one was started with some ignored, as shells do in the background.
 */
public final class OtherJvm {
  private OtherJvm() {}

  /**
   * Runs a class in a JVM that starts quickly.
   *
   * @param main the class
   * @param flags further flags of the JVM
   * @param arguments what the class is given
   */
  public static List<String> command(Class<?> main, List<String> flags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "--default-signal=INT,TERM,HUP"));
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(flags);
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }
}
