package dev.squall.runner.cli;

import dev.squall.runner.AcceptedSockets;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A target on loopback with so many workers, each answering one request at a time in a fixed time,
 * first come first served. So it holds workers / time requests a second; its own clock says how
 * long the fixed time really took on this machine.
 */
final class WorkerTarget implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = {'\r', '\n', '\r', '\n'};

  private final AcceptedSockets connections =
      new AcceptedSockets(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
  private final int workers;
  private final Semaphore free;
  private final long nanos;
  private final LongAdder served = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();

  WorkerTarget(int workers, Duration time) throws IOException {
    this.workers = workers;
    this.free = new Semaphore(workers, true);
    this.nanos = time.toNanos();
    connections.start(Thread.ofVirtual().factory(), (connection, _) -> serve(connection));
  }

  String url() {
    return "http://127.0.0.1:" + connections.port();
  }

  /** Requests a second that it can serve, by the time that it really took for each. */
  double capacity() {
    return workers * 1e9 * served.sum() / busyNanos.sum();
  }

  private void serve(Socket connection) throws IOException {
    InputStream in = new BufferedInputStream(connection.getInputStream());
    while (request(in)) {
      free.acquireUninterruptibly();
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < nanos) {
        LockSupport.parkNanos(nanos - (System.nanoTime() - begin));
      }
      busyNanos.add(System.nanoTime() - begin);
      served.increment();
      free.release();
      connection.getOutputStream().write(ANSWER);
    }
  }

  /** Reads a request without a body; false at the end. */
  private static boolean request(InputStream in) throws IOException {
    int matched = 0;
    while (matched < END.length) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    connections.close();
  }
}
