package dev.squall.runner.plan;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ServerSocketFactory;

/**
 * A target that gives each request the same answer, as quickly as Java can: it counts the ends of
 * JSON bodies, or of heads where requests have none. It closes the connection if the answer says
 * so.
 */
final class FixedAnswers implements Closeable {
  private final ServerSocket listener;
  private final byte[] answer;
  private final int lastByte;
  private final boolean closes;
  private final LongAdder requests = new LongAdder();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Starts at once.
   *
   * @param lastByte what each request ends with, and has nowhere else
   */
  FixedAnswers(ServerSocketFactory sockets, int lastByte, String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.UTF_8);
    this.lastByte = lastByte;
    this.closes = answer.contains("\r\nConnection: close");
    listener = sockets.createServerSocket(0, 256, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  long requests() {
    return requests.sum();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    byte[] in = new byte[8192];
    try (socket) {
      socket.setTcpNoDelay(true);
      for (int n = socket.getInputStream().read(in); n > 0; n = socket.getInputStream().read(in)) {
        for (int i = 0; i < n; i++) {
          if (in[i] == lastByte) {
            requests.increment();
            socket.getOutputStream().write(answer);
            if (closes) {
              return;
            }
          }
        }
      }
    } catch (IOException e) {
      // The engine has ended: its own counts are the test's.
      return;
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
