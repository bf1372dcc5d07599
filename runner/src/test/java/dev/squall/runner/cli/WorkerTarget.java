package dev.squall.runner.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

  private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final int workers;
  private final Semaphore free;
  private final long nanos;
  private final LongAdder served = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();

  WorkerTarget(int workers, Duration time) throws IOException {
    this.workers = workers;
    this.free = new Semaphore(workers, true);
    this.nanos = time.toNanos();
    threads.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Requests a second that it can serve, by the time that it really took for each. */
  double capacity() {
    return workers * 1e9 * served.sum() / busyNanos.sum();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket connection = server.accept();
        connection.setTcpNoDelay(true);
        connections.add(connection);
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed: the test is over.
      threads.shutdown();
    }
  }

  private void serve(Socket connection) {
    try (connection) {
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
    } catch (IOException e) {
      // The client has gone.
      connections.remove(connection);
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
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
  }
}
