package dev.squall.runner.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.runner.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** {@link SimulatedRunners} as a process that this test started. */
public final class SimulatedProcess implements AutoCloseable {
  private final Process process;
  private final String base;

  /** So many runners whose load lasts so many seconds; they listen when this returns. */
  public SimulatedProcess(int runners, int seconds) throws IOException {
    process =
        new ProcessBuilder(
                OtherJvm.command(
                    SimulatedRunners.class,
                    List.of("-XX:+UseSerialGC"),
                    List.of("" + runners, "" + seconds)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines = process.inputReader(UTF_8);
    String port = lines.readLine();
    if (port == null) {
      throw new IOException("the simulated runners ended with " + process.onExit().join());
    }
    base = "http://127.0.0.1:" + port + "/";
  }

  /** Where runner {@code %d} is. */
  public String urlPattern() {
    return base + "%d";
  }

  /** What they have counted: pulls, bytes of answers, late, repeated and lost ones. */
  public Statistics statistics() throws IOException {
    try (var in = URI.create(base + "statistics").toURL().openStream()) {
      Map<?, ?> counts = new JsonMapper().readValue(in, Map.class);
      return new Statistics(
          count(counts, "bytes"),
          count(counts, "late"),
          count(counts, "repeated"),
          count(counts, "lost"));
    }
  }

  private static long count(Map<?, ?> counts, String name) {
    return ((Number) counts.get(name)).longValue();
  }

  /** Answers to pulls: their bytes, and how many were odd in each way. */
  public record Statistics(long bytes, long late, long repeated, long lost) {}

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
