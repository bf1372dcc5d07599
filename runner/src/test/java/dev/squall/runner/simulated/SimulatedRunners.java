package dev.squall.runner.simulated;

import dev.squall.runner.control.Json;
import dev.squall.runner.control.RunnerState.StartOrder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * So many runners behind one port, each at {@code /<index>}, as a process of its own on one event
 * loop: what they send was encoded before, so that they cost little beside the coordinator that is
 * measured. One answer to a pull in a hundred is late by 1.5 s, repeats a second that was
 * delivered, or is lost with its connection, in turn.
 */
public final class SimulatedRunners {
  private static final int LATE_MILLIS = 1_500;
  private static final int ONE_IN = 100;

  private final List<SimulatedRunner> runners = new ArrayList<>();
  private long pulls;
  private long bytes;
  private long late;
  private long repeated;
  private long lost;

  private SimulatedRunners(int count, int seconds, int distinct) {
    List<SecondFrame> frames = new ArrayList<>();
    for (int number = 0; number < distinct; number++) {
      frames.add(new SecondFrame(SimulatedSecond.encoded(number)));
    }
    for (int index = 0; index < count; index++) {
      runners.add(new SimulatedRunner(index, seconds, frames));
    }
  }

  /** How many distinct seconds so many runners step through: a prime, and more than they are. */
  public static int distinct(int runners) {
    int prime = runners + 1;
    while (!isPrime(prime)) {
      prime++;
    }
    return prime;
  }

  private static boolean isPrime(int n) {
    for (int i = 2; i * i <= n; i++) {
      if (n % i == 0) {
        return false;
      }
    }
    return n > 1;
  }

  /**
   * Serves until it is killed; prints its port.
   *
   * @param args how many runners, and how many seconds their load lasts
   */
  public static void main(String[] args) throws InterruptedException {
    int count = Integer.parseInt(args[0]);
    SimulatedRunners all = new SimulatedRunners(count, Integer.parseInt(args[1]), distinct(count));
    try (MultiThreadIoEventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      Channel listener =
          new ServerBootstrap()
              .group(loop)
              .channel(NioServerSocketChannel.class)
              .option(ChannelOption.SO_BACKLOG, 4096)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childHandler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      channel.pipeline().addLast(all.new Requests());
                    }
                  })
              .bind(InetAddress.getLoopbackAddress(), 0)
              .sync()
              .channel();
      System.out.println(((java.net.InetSocketAddress) listener.localAddress()).getPort());
      listener.closeFuture().sync();
    }
  }

  /** One connection's requests: a head, and a body as long as it says. */
  private final class Requests extends ByteToMessageDecoder {
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
        throws IOException {
      String text = in.toString(StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return;
      }
      String head = text.substring(0, end);
      int length = contentLength(head);
      if (text.length() < end + 4 + length) {
        return;
      }
      in.skipBytes(end + 4 + length);
      String[] target = head.split(" ", 3)[1].split("[/?]", -1);
      byte[] body = text.substring(end + 4, end + 4 + length).getBytes(StandardCharsets.ISO_8859_1);
      answer(context, target, body);
    }

    private static int contentLength(String head) {
      for (String line : head.split("\r\n", -1)) {
        if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
          return Integer.parseInt(line.substring(15).strip());
        }
      }
      return 0;
    }

    /** The target's parts: nothing, the runner's index, v1, what is asked, and its query. */
    private void answer(ChannelHandlerContext context, String[] target, byte[] body)
        throws IOException {
      if (target[1].equals("statistics")) {
        send(context, Json.bytes(statistics()));
        return;
      }
      SimulatedRunner runner = runners.get(Integer.parseInt(target[1]));
      switch (target[3]) {
        case "clock" ->
            send(context, Long.toString(System.nanoTime()).getBytes(StandardCharsets.US_ASCII));
        case "start" -> {
          runner.start(Json.parse(body, StartOrder.class));
          send(context, new byte[] {'o'});
        }
        case "snapshots" -> pull(context, runner, query(target, "from"), query(target, "most"));
        default -> send(context, new byte[] {'o'});
      }
    }

    private void pull(ChannelHandlerContext context, SimulatedRunner runner, int from, int most) {
      boolean odd = runner.started() && ++pulls % ONE_IN == 0;
      long kind = odd ? pulls / ONE_IN % 3 : -1;
      boolean again = kind == 1 && from > 1;
      ByteBuf content = context.alloc().buffer();
      runner.write(again ? from - 1 : from, again ? most + 1 : most, content);
      if (kind == 2) {
        lost++;
        content.release();
        var _ = context.close();
        return;
      }
      bytes += content.readableBytes();
      repeated += again ? 1 : 0;
      if (kind == 0) {
        late++;
        var _ =
            context
                .executor()
                .schedule(() -> send(context, content), LATE_MILLIS, TimeUnit.MILLISECONDS);
      } else {
        send(context, content);
      }
    }

    private static int query(String[] target, String name) {
      for (String pair : target[4].split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return Integer.parseInt(pair.substring(name.length() + 1));
        }
      }
      throw new IllegalArgumentException("a pull without " + name);
    }

    private static void send(ChannelHandlerContext context, byte[] content) {
      send(context, context.alloc().buffer(content.length).writeBytes(content));
    }

    private static void send(ChannelHandlerContext context, ByteBuf content) {
      ByteBuf head = context.alloc().buffer(64);
      head.writeCharSequence(
          "HTTP/1.1 200 OK\r\nContent-Length: " + content.readableBytes() + "\r\n\r\n",
          StandardCharsets.US_ASCII);
      var _ = context.write(head, context.voidPromise());
      var _ = context.writeAndFlush(content, context.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!(cause instanceof IOException)) {
        cause.printStackTrace();
      }
      var _ = context.close();
    }
  }

  private Map<String, Long> statistics() {
    return Map.of("pulls", pulls, "bytes", bytes, "late", late, "repeated", repeated, "lost", lost);
  }
}
