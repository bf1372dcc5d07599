package dev.squall.runner;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ServerSocketFactory;

/**
 * A target that gives each request the same answer, as quickly as Java can: it counts the ends of
 * JSON bodies, or of heads where requests have none. It closes the connection if the answer says
 * so.
 */
public final class FixedAnswers implements Closeable {
  private final AcceptedSockets sockets;
  private final byte[] answer;
  private final int lastByte;
  private final boolean closes;
  private final LongAdder requests = new LongAdder();

  /**
   * Starts at once.
   *
   * @param lastByte what each request ends with, and has nowhere else
   */
  public FixedAnswers(ServerSocketFactory factory, int lastByte, String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.UTF_8);
    this.lastByte = lastByte;
    this.closes = answer.contains("\r\nConnection: close");
    this.sockets =
        new AcceptedSockets(factory.createServerSocket(0, 256, InetAddress.getLoopbackAddress()));
    sockets.start(Thread.ofPlatform().daemon().factory(), (socket, number) -> serve(socket));
  }

  /** Where it listens. */
  public int port() {
    return sockets.port();
  }

  /** How many requests it has answered. */
  public long requests() {
    return requests.sum();
  }

  private void serve(Socket socket) throws IOException {
    byte[] in = new byte[8192];
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
  }

  @Override
  public void close() throws IOException {
    sockets.close();
  }
}
