package dev.squall.runner.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.runner.engine.Trace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
  /** More than one chunk's. */
  private static final int MANY = 5_000;

  @TempDir private Path folder;

  private record Arrival(long iteration) implements Trace.Request {
    @Override
    public int load() {
      return 3;
    }

    @Override
    public int series() {
      return 40_000;
    }

    @Override
    public long user() {
      return 7;
    }

    @Override
    public int step() {
      return 2;
    }

    @Override
    public long intendedNanos() {
      return 100 * iteration;
    }

    @Override
    public long sentNanos() {
      return 100 * iteration + 30;
    }

    @Override
    public long queueingNanos() {
      return 10;
    }
  }

  @Test
  void everyRequestOfEachEventLoopIsInTheFileInItsOrder() throws IOException {
    Path path = folder.resolve("trace");
    try (TraceFile file = new TraceFile(path)) {
      Trace one = file.newTrace();
      Trace other = file.newTrace();
      for (long i = 0; i < MANY; i++) {
        one.over(new Arrival(2 * i), 200 * i + 90, Trace.Outcome.EXPECTED);
        other.over(new Arrival(2 * i + 1), 200 * i + 190, Trace.Outcome.UNSENT);
      }
    }
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> even = new ArrayList<>();
    List<Long> odd = new ArrayList<>();
    while (in.hasRemaining()) {
      assertThat(in.getLong()).as("user").isEqualTo(7);
      long iteration = in.getLong();
      assertThat(in.getInt()).as("step").isEqualTo(2);
      assertThat(in.getShort()).as("load").isEqualTo((short) 3);
      assertThat(Short.toUnsignedInt(in.getShort())).as("series").isEqualTo(40_000);
      long intended = in.getLong();
      long sent = in.getLong();
      assertThat(in.getLong() - intended).as("done").isEqualTo(90);
      long queueing = in.getLong();
      boolean unsent = iteration % 2 == 1;
      (unsent ? odd : even).add(iteration);
      assertThat(sent).isEqualTo(unsent ? 0 : intended + 30);
      assertThat(queueing).isEqualTo(unsent ? 0 : 10);
      assertThat(in.getInt()).as("outcome").isEqualTo(unsent ? 2 : 0);
      assertThat(in.getInt()).isZero();
    }
    assertThat(even)
        .containsExactlyElementsOf(LongStream.range(0, MANY).map(i -> 2 * i).boxed().toList());
    assertThat(odd)
        .containsExactlyElementsOf(LongStream.range(0, MANY).map(i -> 2 * i + 1).boxed().toList());
  }

  @Test
  void whereTheDiskTakesNothingRequestsAreLeftOutAndTheEndSaysSo() throws IOException {
    TraceFile file = new TraceFile(Path.of("/dev/full"));
    Trace trace = file.newTrace();
    Arrival arrival = new Arrival(0);
    for (int i = 0; i < 300_000; i++) {
      trace.over(arrival, 90, Trace.Outcome.EXPECTED);
    }
    assertThat(file.leftOut())
        .as("of 16 MiB of chunks, none came back")
        .isEqualTo(300_000 - 256 * 1024);
    assertThatThrownBy(file::close)
        .isInstanceOf(IOException.class)
        .hasMessage("the trace /dev/full could not be written: No space left on device");
  }
}
