package dev.squall.runner.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamsCsvTest {
  private final Totals totals = new Totals();

  @Test
  void withoutAStreamedAnswerThereIsNoFile() {
    totals.add(Seconds.of(1, 1).requests("predict", "POST", 10, 20).cut());
    assertThat(StreamsCsv.text(totals)).isEmpty();
  }

  @Test
  void eachStreamedSeriesHasARowOfTimesToFirstAndOneOfTimesBetween() {
    totals.add(
        Seconds.of(1, 1).requests("predict", "POST", 10, 20).stream("chat", "POST", 80, 20, 40)
            .stream("once", "GET", 0.25)
            .cut());
    List<String> lines = StreamsCsv.text(totals).orElseThrow().lines().toList();
    assertThat(lines)
        .containsExactly(
            "Type,Name,Metric,Answers,Units,Count,Average,Min,Max,"
                + "50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%",
            "POST,chat,time to first,1,3,1,80.000,80.000,80.000" + ",80.000".repeat(11),
            "POST,chat,time between,1,3,2,30.000,20.000,40.000,20.015" + ",40.000".repeat(10),
            "GET,once,time to first,1,1,1,0.250,0.250,0.250" + ",0.250".repeat(11));
  }
}
