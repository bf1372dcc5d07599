package dev.squall.runner.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * A target on a thread of its own that answers after a time, and freezes when it is told: then it
 * neither accepts, nor reads, nor writes. Its log says of each arrival, by its number, when the
 * answer was written. Requests are without a body, one at a time on a connection.
 */
final class FreezingTarget implements Closeable {
  private static final byte[] NUMBER = "X-Squall-Iteration: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
  private static final int BACKLOG = 4096;

  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final Selector selector = Selector.open();
  private final long answerNanos;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(4096);
  private final ByteBuffer out = ByteBuffer.allocateDirect(ANSWER.length).put(ANSWER);
  private final Thread thread;
  private volatile long[] freezes = {};
  private volatile long[] replies = new long[1024];
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();

  private record Pending(SocketChannel channel, int arrival, long dueNanos) {}

  /** Listens, with a backlog of 4096, and answers each request so long after it has read it. */
  FreezingTarget(long answerNanos) throws IOException {
    this.answerNanos = answerNanos;
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    thread = Thread.ofPlatform().name("freezing-target").daemon().start(this::serve);
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  /** Freezes from each instant of {@link System#nanoTime} on for so long. */
  void freeze(long forNanos, long... from) {
    freezes = Arrays.stream(from).flatMap(f -> LongStream.of(f, f + forNanos)).toArray();
  }

  int connections() {
    return accepted.get();
  }

  /** Requests answered. */
  int served() {
    return served.get();
  }

  /** When the answer to an arrival was written; 0 if it never was. */
  long replyNanos(int arrival) {
    return arrival < replies.length ? replies[arrival] : 0;
  }

  private void serve() {
    try {
      while (listener.isOpen()) {
        freezeIfDue();
        long now = System.nanoTime();
        while (!pending.isEmpty() && pending.getFirst().dueNanos <= now) {
          answer(pending.removeFirst());
          freezeIfDue();
          now = System.nanoTime();
        }
        select(pending.isEmpty() ? 5_000_000 : pending.getFirst().dueNanos - now);
      }
    } catch (IOException e) {
      if (listener.isOpen()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void freezeIfDue() {
    long[] at = freezes;
    for (int i = 0; i < at.length; i += 2) {
      while (System.nanoTime() >= at[i] && System.nanoTime() < at[i + 1]) {
        LockSupport.parkNanos(at[i + 1] - System.nanoTime());
      }
    }
  }

  private void select(long nanos) throws IOException {
    if (nanos >= 1_000_000) {
      selector.select(nanos / 1_000_000);
    } else if (selector.selectNow() == 0 && nanos > 0) {
      LockSupport.parkNanos(Math.min(nanos, 100_000));
      return;
    }
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isAcceptable()) {
        accept();
      } else {
        read(key);
      }
    }
    selector.selectedKeys().clear();
  }

  private void accept() throws IOException {
    for (SocketChannel c = listener.accept(); c != null; c = listener.accept()) {
      c.configureBlocking(false);
      c.socket().setTcpNoDelay(true);
      c.register(selector, SelectionKey.OP_READ);
      accepted.incrementAndGet();
    }
  }

  private void read(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    in.clear();
    int read;
    try {
      read = channel.read(in);
    } catch (IOException e) {
      read = -1;
    }
    if (read < 0) {
      channel.close();
      return;
    }
    pending.add(new Pending(channel, number(), System.nanoTime() + answerNanos));
  }

  private int number() {
    for (int at = 0; at < in.position() - NUMBER.length; at++) {
      int same = 0;
      while (same < NUMBER.length && in.get(at + same) == NUMBER[same]) {
        same++;
      }
      if (same == NUMBER.length) {
        int number = 0;
        for (int digit = at + same; in.get(digit) >= '0'; digit++) {
          number = number * 10 + in.get(digit) - '0';
        }
        return number;
      }
    }
    throw new IllegalStateException("a request without its arrival's number");
  }

  private void answer(Pending one) throws IOException {
    out.flip();
    try {
      one.channel.write(out);
    } catch (IOException e) {
      one.channel.close();
    }
    out.position(ANSWER.length);
    if (one.arrival >= replies.length) {
      replies = Arrays.copyOf(replies, Math.max(2 * replies.length, one.arrival + 1));
    }
    replies[one.arrival] = System.nanoTime();
    served.incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
