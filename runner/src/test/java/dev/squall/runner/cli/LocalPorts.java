package dev.squall.runner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network namespace with a loopback device and few local ports. */
final class LocalPorts {
  private LocalPorts() {}

  /**
   * A command in a namespace of its own, together with a web server in it that serves a folder; a
   * test on a machine that does not let it make one is not run, and says why.
   *
   * @param first the first of the ports that outgoing connections are given
   * @param count how many there are
   * @param port the server's
   */
  static List<String> command(int first, int count, int port, String folder, List<String> program)
      throws IOException, InterruptedException {
    String prepare =
        "ip link set lo up && echo '%d %d' > /proc/sys/net/ipv4/ip_local_port_range"
            .formatted(first, first + count - 1);
    Process trial = new ProcessBuilder("unshare", "-n", "sh", "-c", prepare).start();
    if (!trial.waitFor(10, TimeUnit.SECONDS) || trial.exitValue() != 0) {
      return abort(
          "this test makes a network namespace and sets its port range, which takes root: "
              + new String(trial.getErrorStream().readAllBytes(), UTF_8));
    }
    String java = ProcessHandle.current().info().command().orElse("java");
    String server =
        "%s -m jdk.httpserver -b 127.0.0.1 -p %d -d %s -o none & server=$!"
            .formatted(java, port, folder);
    String ready =
        "until (echo > /dev/tcp/127.0.0.1/%d) 2>/dev/null; do kill -0 $server || exit 70; done"
            .formatted(port);
    List<String> command = new ArrayList<>(List.of("unshare", "-n", "bash", "-c"));
    command.add(
        String.join(
            "\n", prepare, server, ready, "\"$@\"", "code=$?", "kill $server", "exit $code"));
    command.add("bash");
    command.addAll(program);
    return command;
  }
}
