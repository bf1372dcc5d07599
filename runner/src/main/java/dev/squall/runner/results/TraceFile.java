package dev.squall.runner.results;

import dev.squall.runner.engine.Trace;
import dev.squall.runner.recording.GiveWay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file with 64 bytes for each request that is over, little endian: user and iteration (8 bytes
 * each), step (4), load (2), series (2), then in nanoseconds since 1970 when it should have been
 * sent, was sent (0 if never) and was done, how many nanoseconds of the time from the first to the
 * second are the target's doing (8 each), and its {@link Trace.Outcome} (4, and 4 that are 0).
 *
 * <p>Event loops write into chunks of memory, which a thread of its own takes to the file ten times
 * a second: nothing wakes it, and no event loop waits for a disk. Where the disk is so slow that
 * all chunks are full, requests are left out, and counted. Thread-safe; closed once the event loops
 * have ended.
 */
public final class TraceFile implements AutoCloseable {
  /** Length of a request's record in bytes. */
  public static final int RECORD_BYTES = 64;

  /** Small enough to be written within ten microseconds: the thread may share a CPU. */
  private static final int CHUNK_BYTES = 256 * RECORD_BYTES;

  private static final int MOST_CHUNKS = 1024;
  private static final long EVERY_NANOS = 100_000_000;
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final Path path;
  private final FileChannel file;

  /** What an instant of the monotonic clock is more since 1970: the file's for all its time. */
  private final long epochOffsetNanos;

  private final Queue<ByteBuffer> full = new ConcurrentLinkedQueue<>();
  private final Queue<ByteBuffer> empty = new ConcurrentLinkedQueue<>();
  private final List<Lines> all = new CopyOnWriteArrayList<>();
  private final AtomicInteger chunks = new AtomicInteger();
  private final LongAdder leftOut = new LongAdder();
  private final Thread writer;
  private volatile boolean closing;
  private volatile @Nullable IOException failure;

  /** Begins a file; one that is there is written over. */
  public TraceFile(Path path) throws IOException {
    this.path = path;
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    Instant now = Instant.now();
    epochOffsetNanos =
        TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - System.nanoTime();
    writer = Thread.ofPlatform().name("trace").daemon().start(this::write);
  }

  /** What one event loop writes with. */
  public Trace newTrace() {
    Lines lines = new Lines();
    all.add(lines);
    return lines;
  }

  /** Requests that the file lacks, since it could not be written as fast as they came. */
  public long leftOut() {
    return leftOut.sum();
  }

  private void write() {
    try {
      while (!closing) {
        drain();
        LockSupport.parkNanos(EVERY_NANOS);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void drain() throws IOException {
    for (ByteBuffer chunk = full.poll(); chunk != null; chunk = full.poll()) {
      chunk.flip();
      while (chunk.hasRemaining()) {
        file.write(chunk);
      }
      empty.add(chunk.clear());
      GiveWay.ifDue();
    }
  }

  /** The file then holds every request, but those left out. */
  @Override
  public void close() throws IOException {
    closing = true;
    // An interrupt would close the file in the midst of a write.
    LockSupport.unpark(writer);
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (FileChannel open = file) {
      if (failure != null) {
        throw failure;
      }
      all.forEach(Lines::handOver);
      drain();
      open.force(false);
    } catch (IOException e) {
      throw new IOException("the trace " + path + " could not be written: " + e.getMessage(), e);
    }
  }

  /** One event loop's requests. */
  private final class Lines implements Trace {
    private ByteBuffer chunk = NONE;

    @Override
    public void over(Request request, long doneNanos, Outcome outcome) {
      if (!chunk.hasRemaining() && !nextChunk()) {
        leftOut.increment();
        return;
      }
      boolean unsent = outcome == Outcome.UNSENT;
      chunk
          .putLong(request.user())
          .putLong(request.iteration())
          .putInt(request.step())
          .putShort((short) request.load())
          .putShort((short) request.series())
          .putLong(request.intendedNanos() + epochOffsetNanos)
          .putLong(unsent ? 0 : request.sentNanos() + epochOffsetNanos)
          .putLong(doneNanos + epochOffsetNanos)
          .putLong(unsent ? 0 : request.queueingNanos())
          .putLong(outcome.code());
    }

    private boolean nextChunk() {
      handOver();
      ByteBuffer next = empty.poll();
      if (next == null) {
        if (chunks.get() >= MOST_CHUNKS) {
          return false;
        }
        chunks.incrementAndGet();
        next = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      }
      chunk = next;
      return true;
    }

    private void handOver() {
      if (chunk.position() > 0) {
        full.add(chunk);
        chunk = NONE;
      }
    }
  }
}
