package dev.squall.runner;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;

/**
 * The connections of a target in this process: each has a thread of its own, and is closed once it
 * has been served. Closing this closes the listener and all that are open.
 */
@NullMarked
public final class AcceptedSockets implements Closeable {
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /** What is done with a connection; it is closed when this returns or throws. */
  public interface Service {
    /**
     * Serves a connection until it ends.
     *
     * @param number from 1, in the order in which they were accepted
     * @throws IOException if the client is gone
     */
    void serve(Socket socket, int number) throws IOException;
  }

  /** Accepts nothing before it is {@linkplain #start started}. */
  public AcceptedSockets(ServerSocket listener) {
    this.listener = listener;
  }

  /**
   * Begins to accept. Apart from the constructor, so that a target is whole when it is first
   * called.
   *
   * @param threads makes the one that accepts and one for each connection
   */
  public void start(ThreadFactory threads, Service service) {
    threads.newThread(() -> accept(threads, service)).start();
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Connections so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Connections open now. */
  public int open() {
    return open.size();
  }

  private void accept(ThreadFactory threads, Service service) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        int number = accepted.incrementAndGet();
        open.add(socket);
        threads.newThread(() -> serve(socket, number, service)).start();
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket, int number, Service service) {
    try (socket) {
      socket.setTcpNoDelay(true);
      service.serve(socket, number);
    } catch (IOException e) {
      // The client is gone: what it saw is for the test to say.
      return;
    } finally {
      open.remove(socket);
    }
  }

  /** Closes every connection that is open now. */
  public void closeConnections() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    closeConnections();
  }
}
