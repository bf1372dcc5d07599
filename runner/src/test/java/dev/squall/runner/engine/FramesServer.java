package dev.squall.runner.engine;

import dev.squall.runner.AcceptedSockets;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target that writes what bytes a test wants to an HTTP/2 client: a virtual thread for each
 * connection, which reads frames and calls the script for each head.
 */
final class FramesServer implements Closeable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  /** A head with status 200. */
  static final byte[] OK = {(byte) 0x88};

  private final AcceptedSockets sockets;
  private final Greeting greeting;
  private final Script script;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger pings = new AtomicInteger();

  /** What is done once the client's preface has come. */
  interface Greeting {
    void greet(Connection connection) throws IOException;
  }

  /** What is done once a request's head has come. */
  interface Script {
    void answer(int stream, Connection connection) throws IOException;
  }

  /** One connection. */
  static final class Connection {
    final Socket socket;
    final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.out = socket.getOutputStream();
    }

    void frame(int type, int flags, int stream, byte... payload) throws IOException {
      bytes(bytesOf(type, flags, stream, payload));
    }

    void bytes(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    void settings() throws IOException {
      frame(SETTINGS, 0, 0);
    }

    void ok(int stream, String body) throws IOException {
      frame(HEADERS, END_HEADERS, stream, OK);
      frame(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /** A frame as it goes over the wire. */
  static byte[] bytesOf(int type, int flags, int stream, byte... payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (int shift = 16; shift >= 0; shift -= 8) {
      frame.write(payload.length >> shift);
    }
    frame.write(type);
    frame.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      frame.write(stream >> shift);
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** One that greets as it should. */
  FramesServer(Script script) throws IOException {
    this(Connection::settings, script);
  }

  FramesServer(Greeting greeting, Script script) throws IOException {
    this.greeting = greeting;
    this.script = script;
    this.sockets = new AcceptedSockets(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
    sockets.start(Thread.ofVirtual().factory(), (socket, number) -> serve(socket));
  }

  int port() {
    return sockets.port();
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return sockets.accepted();
  }

  /** Pings that came, other than answers. */
  int pings() {
    return pings.get();
  }

  private void serve(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    in.readNBytes(24);
    Connection connection = new Connection(socket);
    greeting.greet(connection);
    while (!socket.isClosed()) {
      int lengthAndType = in.readInt();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      in.readNBytes(lengthAndType >>> 8);
      switch (lengthAndType & 0xFF) {
        case HEADERS -> {
          requests.incrementAndGet();
          script.answer(stream, connection);
        }
        case PING -> pings.addAndGet(flags == 0 ? 1 : 0);
        default -> {}
      }
    }
  }

  @Override
  public void close() throws IOException {
    sockets.close();
  }
}
