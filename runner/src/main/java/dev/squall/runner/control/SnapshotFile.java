package dev.squall.runner.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A runner's encoded snapshots on its disk, numbered from 1, each behind its length (4 bytes, big
 * endian): memory holds their places only. Thread-safe.
 */
final class SnapshotFile implements AutoCloseable {
  /** An answer ends after the snapshot that makes it larger than this. */
  private static final int ANSWER_BYTES = 4 << 20;

  private final FileChannel file;
  private final List<Long> ends = new ArrayList<>(List.of(0L));

  SnapshotFile(Path path) throws IOException {
    Path folder = path.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  /** Appends the next snapshot. */
  synchronized void append(byte[] snapshot) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + snapshot.length);
    frame.putInt(snapshot.length).put(snapshot).flip();
    long end = ends.getLast();
    while (frame.hasRemaining()) {
      end += file.write(frame, end);
    }
    ends.add(end);
  }

  /** Number of the newest snapshot, 0 if there is none. */
  synchronized int newest() {
    return ends.size() - 1;
  }

  /**
   * The frames from a snapshot on, as many as make one answer, so many at most; empty if there is
   * none yet.
   */
  synchronized byte[] framesFrom(int number, int most) throws IOException {
    int first = Math.max(1, number);
    if (first > newest() || most < 1) {
      return new byte[0];
    }
    long begin = ends.get(first - 1);
    int last = first;
    while (last < newest() && last - first < most - 1 && ends.get(last) - begin < ANSWER_BYTES) {
      last++;
    }
    ByteBuffer frames = ByteBuffer.allocate((int) (ends.get(last) - begin));
    while (frames.hasRemaining()) {
      if (file.read(frames, begin + frames.position()) < 0) {
        throw new IOException("the snapshot file is shorter than what was written to it");
      }
    }
    return frames.array();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
