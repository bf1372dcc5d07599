package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.RequestTemplate.Streaming;
import dev.squall.runner.recording.Interval;
import dev.squall.runner.recording.Levels;
import dev.squall.runner.recording.StreamTimes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamedTest {
  private static final long MILLI = 1_000_000;
  private static final String EVENTS = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final Interval interval =
      new Interval(
          List.of(new Interval.Name("chat", "POST")), List.of(new Interval.LoadName("all", false)));
  private final Streamed streamed = new Streamed(() -> interval);
  private final ResponseParser parser = new ResponseParser(Lines.window(), 1 << 20);
  private long now;

  private static String chunks(String... bodies) {
    StringBuilder text = new StringBuilder(EVENTS);
    for (String body : bodies) {
      text.append(Integer.toHexString(body.length())).append("\r\n").append(body).append("\r\n");
    }
    return text.append("0\r\n\r\n").toString();
  }

  /** The request is sent at 0. */
  private void begin(StreamUnit unit) {
    now = 0;
    streamed.begin(new Streaming(unit, Streaming.ANY_TIME), 0, 0, 0);
    parser.begin(false, Needs.STATUS, streamed);
  }

  /** The next bytes come a millisecond after those before. */
  private boolean read(byte[] bytes, int from, int to) {
    now += MILLI;
    ByteBuf in = Unpooled.wrappedBuffer(bytes, from, to - from);
    parser.kept().read(now);
    return parser.read(in);
  }

  private StreamTimes take() {
    StreamTimes taken = StreamTimes.none();
    Interval.snapshot(1, Levels.NONE, false, List.of(interval))
        .series()
        .forEach(series -> taken.add(series.stream()));
    interval.reset();
    return taken;
  }

  private StreamTimes whole(StreamUnit unit, String answer) {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    begin(unit);
    assertThat(read(bytes, 0, bytes.length)).as(String.valueOf(parser.error())).isTrue();
    return take();
  }

  @Test
  void unitsOfOneReadHaveNoTimeBetweenThem() {
    StreamTimes times = whole(StreamUnit.EVENT, chunks("data: a\n\ndata: b\n\n", "data: c\n\n"));
    assertThat(times.first().count()).isEqualTo(1);
    assertThat(times.first().sumNanos()).isEqualTo(MILLI);
    assertThat(times.between().count()).isEqualTo(2);
    assertThat(times.between().sumNanos()).isZero();
    assertThat(times.between().clamped()).isZero();
    assertThat(times.units()).isEqualTo(3);
    assertThat(times.answers()).isEqualTo(1);
  }

  @Test
  void theSameUnitsAreCountedWhereverTheAnswerIsCut() {
    String answer =
        chunks(
            "data: a\r\n\r\n: ping\n\nda", "ta: b\n\n", "event: x\ndata: c\r", "\rdata: d\n", "\n");
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    for (StreamUnit unit : StreamUnit.values()) {
      long units = unit == StreamUnit.EVENT ? 4 : 5;
      for (int cut = 1; cut < bytes.length; cut++) {
        begin(unit);
        assertThat(read(bytes, 0, cut)).isFalse();
        assertThat(read(bytes, cut, bytes.length)).isTrue();
        StreamTimes times = take();
        assertThat(times.units()).as("%s cut at %d", unit, cut).isEqualTo(units);
        // From the first unit to the last it is a millisecond, or nothing if one read has all.
        assertThat(times.first().sumNanos() + times.between().sumNanos())
            .isLessThanOrEqualTo(2 * MILLI);
      }
      begin(unit);
      for (int at = 0; at < bytes.length; at++) {
        read(bytes, at, at + 1);
      }
      StreamTimes times = take();
      assertThat(times.units()).as("%s byte by byte", unit).isEqualTo(units);
      int last = answer.lastIndexOf("\n\r\n0");
      assertThat(times.first().sumNanos() + times.between().sumNanos())
          .as("from sent to the last unit")
          .isEqualTo((last + 1) * MILLI);
    }
  }

  @Test
  void aChunkIsThereWithItsFirstByteAndARestOfItIsNone() {
    byte[] bytes = chunks("0123456789").getBytes(StandardCharsets.UTF_8);
    begin(StreamUnit.CHUNK);
    int body = new String(bytes, StandardCharsets.UTF_8).indexOf("0123456789");
    read(bytes, 0, body);
    assertThat(take().units()).isZero();
    read(bytes, body, body + 1);
    assertThat(take().units()).isEqualTo(1);
    read(bytes, body + 1, body + 5);
    read(bytes, body + 5, bytes.length);
    assertThat(take().units()).isZero();
  }

  @Test
  void aBodyWithoutChunksHasAUnitForEachRead() {
    byte[] bytes =
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabcdef".getBytes(StandardCharsets.UTF_8);
    begin(StreamUnit.CHUNK);
    read(bytes, 0, bytes.length - 4);
    read(bytes, bytes.length - 4, bytes.length - 2);
    assertThat(read(bytes, bytes.length - 2, bytes.length)).isTrue();
    assertThat(take().units()).isEqualTo(3);
  }

  @Test
  void whatIsNo2xxIsNoStream() {
    String body = "data: a\n\n";
    String answer = "HTTP/1.1 503 Busy\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    assertThat(whole(StreamUnit.EVENT, answer).units()).isZero();
    assertThat(whole(StreamUnit.CHUNK, answer).units()).isZero();
  }

  @Test
  void eventsOfACompressedBodyCannotBeTimedAndChunksCan() {
    String answer =
        EVENTS.replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n") + "1\r\nx\r\n0\r\n\r\n";
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    begin(StreamUnit.EVENT);
    assertThat(read(bytes, 0, bytes.length)).isFalse();
    assertThat(parser.error()).contains("Accept-Encoding");
    assertThat(whole(StreamUnit.CHUNK, answer).units()).isEqualTo(1);
  }

  @Test
  void theNextUnitIsDueOnlyOnceThereIsOne() {
    streamed.begin(new Streaming(StreamUnit.EVENT, 5 * MILLI), 0, 0, 0);
    parser.begin(false, Needs.STATUS, streamed);
    assertThat(streamed.nextBy()).isEqualTo(Timers.NEVER);
    byte[] bytes = (EVENTS + "9\r\ndata: a\n\n").getBytes(StandardCharsets.UTF_8);
    read(bytes, 0, bytes.length);
    assertThat(streamed.nextBy()).isEqualTo(6 * MILLI);
    assertThat(take().units()).isEqualTo(1);
  }
}
