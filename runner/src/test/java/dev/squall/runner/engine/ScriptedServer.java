package dev.squall.runner.engine;

import dev.squall.runner.AcceptedSockets;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A target in this process: a virtual thread for each connection, each request answered by the
 * test's script. Its log is the truth that the engine's counts are compared with.
 */
final class ScriptedServer implements Closeable {
  private final AcceptedSockets sockets;
  private final Script script;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final List<Life> lives = new CopyOnWriteArrayList<>();
  private final boolean logs;
  private volatile boolean watched;

  /**
   * A connection that is over.
   *
   * @param bornNanos when it was accepted, on the scale of {@link System#nanoTime}
   * @param diedNanos when its end was seen
   * @param served requests on it
   */
  record Life(long bornNanos, long diedNanos, int served) {}

  /** What a request is answered with. */
  interface Script {
    void answer(Received request, Connection connection) throws IOException;
  }

  /** A request as it came. */
  record Received(
      int connection, String method, String target, Map<String, String> headers, String body) {
    String user() {
      return headers.getOrDefault("x-squall-user", "");
    }

    String key() {
      return user() + "/" + headers.get("x-squall-iteration") + "/" + headers.get("x-squall-step");
    }

    String content() {
      return method + " " + target + " " + body;
    }
  }

  /** One connection, as a script sees it. */
  static final class Connection {
    final Socket socket;
    final OutputStream out;
    final int number;
    int served;

    Connection(Socket socket, int number) throws IOException {
      this.socket = socket;
      this.out = socket.getOutputStream();
      this.number = number;
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    void ok(String body) throws IOException {
      write("HTTP/1.1 200 OK\r\nContent-Length: " + length(body) + "\r\n\r\n" + body);
    }

    void okAndClose(String body) throws IOException {
      write(
          "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
              + length(body)
              + "\r\n\r\n"
              + body);
      socket.close();
    }

    private static int length(String body) {
      return body.getBytes(StandardCharsets.UTF_8).length;
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    void close() throws IOException {
      socket.close();
    }
  }

  ScriptedServer(Script script) throws IOException {
    this(script, ServerSocketFactory.getDefault(), true);
  }

  ScriptedServer(int port, Script script) throws IOException {
    this(port, script, ServerSocketFactory.getDefault(), true);
  }

  ScriptedServer(Script script, ServerSocketFactory factory, boolean logs) throws IOException {
    this(0, script, factory, logs);
  }

  private ScriptedServer(int port, Script script, ServerSocketFactory factory, boolean logs)
      throws IOException {
    this.script = script;
    this.logs = logs;
    this.sockets =
        new AcceptedSockets(
            factory.createServerSocket(port, 1024, InetAddress.getLoopbackAddress()));
    sockets.start(Thread.ofVirtual().factory(), this::serve);
  }

  int port() {
    return sockets.port();
  }

  /** Requests read whole. */
  int requests() {
    return requests.get();
  }

  int connections() {
    return sockets.accepted();
  }

  /** Connections open now. */
  int open() {
    return sockets.open();
  }

  /**
   * Looks from now on, at each connection that comes, how many are open. That reads the kernel's
   * table of all connections, which is long after tests that left many to expire: so only where it
   * is asked for.
   */
  ScriptedServer watched() {
    watched = true;
    return this;
  }

  /** Most connections that were open at a time since it is {@linkplain #watched watched}. */
  int mostOpen() {
    return mostOpen.get();
  }

  /** The connections that are over. */
  List<Life> lives() {
    return lives;
  }

  /** Closes every connection that is open now. */
  void closeConnections() throws IOException {
    sockets.closeConnections();
  }

  List<Received> received() {
    return received;
  }

  private void serve(Socket socket, int number) throws IOException {
    long born = System.nanoTime();
    int served = 0;
    if (watched && sockets.open() > mostOpen.get()) {
      mostOpen.accumulateAndGet(established(), Math::max);
    }
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Connection connection = new Connection(socket, number);
      while (!socket.isClosed()) {
        Received request = read(in, number);
        if (request == null) {
          return;
        }
        requests.incrementAndGet();
        if (logs) {
          received.add(request);
        }
        connection.served++;
        served++;
        script.answer(request, connection);
      }
    } finally {
      if (logs) {
        lives.add(new Life(born, System.nanoTime(), served));
      }
    }
  }

  /** How many there are by the kernel: this process may not have seen yet that one has ended. */
  private int established() {
    String here = ":%04X".formatted(port());
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .map(Path::of)
        .filter(Files::exists)
        .mapToInt(
            table -> {
              try (Stream<String> lines = Files.lines(table)) {
                return (int)
                    lines
                        .map(line -> line.strip().split("\\s+"))
                        .filter(words -> words[1].endsWith(here) && words[3].equals("01"))
                        // A table that changes while it is read may have one twice.
                        .map(words -> words[2])
                        .distinct()
                        .count();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .sum();
  }

  private static @Nullable Received read(InputStream in, int number) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      throw new ProtocolException("not an HTTP request");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Received(number, words[0], words[1], headers, body);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      line.write(c);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    sockets.close();
  }
}
