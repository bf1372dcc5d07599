package dev.squall.runner.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

class HistogramLogTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final HistogramLog log = new HistogramLog(out, Instant.parse("2026-11-24T14:51:16.250Z"));

  /** Every line summed by its tag, as HdrHistogram's own reader reads it. */
  private Map<String, Histogram> read() {
    assertThat(log.close()).as("something could not be written").isFalse();
    Map<String, Histogram> sums = new TreeMap<>();
    HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(out.toByteArray()));
    while (reader.hasNext()) {
      EncodableHistogram line = reader.nextIntervalHistogram();
      Histogram sum = new Histogram(3);
      sum.setAutoResize(true);
      sums.computeIfAbsent(line.getTag(), t -> sum).add((Histogram) line);
    }
    return sums;
  }

  @Test
  void hdrHistogramsOwnReaderFindsEverySampleUnderItsSeries() {
    log.interval(Seconds.of(1, 1).requests("predict", "POST", 10, 20, 1234).cut());
    log.interval(Seconds.of(2, 1).cut());
    log.interval(Seconds.of(3, 1).requests("predict", "POST", 30).requests("cart", "GET", 1).cut());
    Map<String, Histogram> read = read();
    assertThat(read)
        .containsOnlyKeys(
            "response/GET/cart",
            "response/POST/predict",
            "service/GET/cart",
            "service/POST/predict");
    Histogram predict = read.getOrDefault("response/POST/predict", new Histogram(3));
    assertThat(predict.getTotalCount()).isEqualTo(4);
    assertThat(predict.getCountAtValue(1_234_000)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("1795531876.250", "1795531878.250");
  }

  @Test
  void namesThatTheFormatDoesNotAllowAreEncoded() {
    log.interval(Seconds.of(1, 1).requests("with a comma, a\nline and 100 %", "GET", 1).cut());
    assertThat(read()).containsKey("response/GET/with%20a%20comma%2C%20a%0Aline%20and%20100%20%25");
  }
}
