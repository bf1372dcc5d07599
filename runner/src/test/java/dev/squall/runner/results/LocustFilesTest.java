package dev.squall.runner.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Our files against golden ones beside this test, and the checker against Locust's own files. */
class LocustFilesTest {
  private static final long START = 1_795_531_876;

  private final Totals totals = new Totals();
  private final Recent recent = new Recent();

  @Test
  void theCheckerAgreesWithLocustsOwnFiles() throws IOException {
    assertThat(LocustFormat.stats(golden("locust_stats.csv"))).isEmpty();
    assertThat(LocustFormat.history(golden("locust_stats_history.csv"))).isEmpty();
    assertThat(LocustFormat.failures(golden("locust_failures.csv"))).isEmpty();
    assertThat(LocustFormat.exceptions(golden("locust_exceptions.csv"))).isEmpty();
  }

  @Test
  void theCheckerSeesWhatIsWrong() throws IOException {
    String good = golden("locust_stats.csv");
    assertThat(LocustFormat.stats(good.replace("\r\n", "\n"))).isNotEmpty();
    assertThat(LocustFormat.stats(good.replace(",Aggregated,1140,", ",Aggregated,1141,")))
        .singleElement()
        .asString()
        .contains("not the sum");
    assertThat(LocustFormat.stats(good.replace(",3.485339633536049,", ",3,"))).isNotEmpty();
    assertThat(LocustFormat.stats(good.replace("/health", "\"/health\""))).isNotEmpty();
  }

  @Test
  void statisticsHaveARowForEachSeriesThenTheWhole() throws IOException {
    run();
    String text = StatsCsv.text(totals, 3.25);
    assertThat(text).isEqualTo(golden("squall_stats.csv"));
    assertThat(LocustFormat.stats(text)).isEmpty();
  }

  @Test
  void aRunWithoutARequestHasLocustsOneRow() throws IOException {
    String text = StatsCsv.text(totals, 0);
    assertThat(text.lines().skip(1))
        .containsExactly(
            ",Aggregated,0,0,0,0.0,0,0,0,0.0,0.0,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A");
    assertThat(LocustFormat.stats(text)).isEmpty();
  }

  @Test
  void theDefaultHistoryHasTheWholeSinceTheStart() throws IOException {
    String text = history(false);
    assertThat(text).isEqualTo(golden("squall_stats_history.csv"));
    assertThat(LocustFormat.history(text)).isEmpty();
  }

  @Test
  void theFullHistoryHasEachSeriesWithItsLastTenSeconds() throws IOException {
    String text = history(true);
    assertThat(text).isEqualTo(golden("squall_stats_history_full.csv"));
    assertThat(LocustFormat.history(text)).isEmpty();
  }

  @Test
  void failuresStandAsPythonExceptions() throws IOException {
    run();
    String text = FailuresCsv.text(totals.failures());
    assertThat(text).isEqualTo(golden("squall_failures.csv"));
    assertThat(LocustFormat.failures(text)).isEmpty();
  }

  @Test
  void exceptionsAreTheRunnersOwnFaults() throws IOException {
    assertThat(ExceptionsCsv.text(List.of())).isEqualTo(golden("locust_exceptions.csv"));
    String text =
        ExceptionsCsv.text(
            List.of(
                new RunnerFault("runner-2", "RunnerLost: no answer, for 12 s"),
                new RunnerFault("runner-0", "RunnerLost: no answer, for 12 s")));
    assertThat(text)
        .isEqualTo(
            String.join(
                "\r\n",
                "Count,Message,Traceback,Nodes",
                "2,\"RunnerLost: no answer, for 12 s\",,\"runner-0, runner-2\"",
                ""));
    assertThat(LocustFormat.exceptions(text)).isEmpty();
  }

  /** Fifteen seconds: predictions every second, one slow at the start; an odd name; failures. */
  private List<Snapshot> run() {
    List<Snapshot> seconds =
        IntStream.rangeClosed(1, 15).mapToObj(LocustFilesTest::second).toList();
    return seconds.stream().peek(this::add).toList();
  }

  private static Snapshot second(int k) {
    Seconds second = Seconds.of(k, Math.min(20, 5 * k));
    if (k == 1) {
      second.requests("predict", "POST", 1234.5678, 12.25, 9.75);
    } else {
      second.requests("predict", "POST", 10 + k / 10.0, 9.5);
    }
    if (k % 5 == 0) {
      second.failing("odd, \"name\"", "GET", 1, 0.75, 3);
    }
    if (k == 7) {
      second.requests("refused", "GET", 1.5);
      second.failure("refused", "GET", FailureKind.CONNECT, "connection refused", 1);
      second.failure("odd, \"name\"", "GET", FailureKind.EXPECTATION, "it's \"so\"", 1);
    }
    return second.cut();
  }

  private void add(Snapshot second) {
    totals.add(second);
    recent.add(second);
  }

  private String history(boolean full) throws IOException {
    StringWriter text = new StringWriter();
    HistoryCsv csv = new HistoryCsv(text, full);
    csv.tick(START, 0, totals, recent);
    for (int k = 1; k <= 15; k++) {
      Snapshot second = second(k);
      add(second);
      csv.tick(START + k, second.users(), totals, recent);
    }
    return text.toString();
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = LocustFilesTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
