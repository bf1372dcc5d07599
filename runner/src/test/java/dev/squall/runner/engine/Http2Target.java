package dev.squall.runner.engine;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A target of Netty's own HTTP/2 server in this process; each request is answered by the test's
 * script on the connection's event loop. Its log is the truth that the engine's counts are compared
 * with.
 */
public final class Http2Target implements Closeable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final Script script;
  private final Channel listener;
  private final List<ScriptedServer.Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostStreams = new AtomicInteger();
  private final AtomicInteger resets = new AtomicInteger();

  /** What a request is answered with. */
  interface Script {
    void answer(ScriptedServer.Received request, Stream stream);
  }

  /** A connection, as scripts see it. */
  static final class Connection {
    final int number;
    final ChannelHandlerContext ctx;
    int served;

    /** Streams whose request came and whose answer has not ended. */
    int streams;

    private Connection(int number, ChannelHandlerContext ctx) {
      this.number = number;
      this.ctx = ctx;
    }

    /** Tells the client to go away, after so many more streams than have come. */
    void goAway(int extra) {
      var _ =
          ctx.writeAndFlush(
              new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(extra));
    }
  }

  /** A request's stream. */
  static final class Stream {
    final Connection connection;
    private final Http2FrameStream stream;
    private final String method;
    private final String path;
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private Stream(Connection connection, Http2HeadersFrame head) {
      this.connection = connection;
      this.stream = head.stream();
      Http2Headers all = head.headers();
      method = all.method().toString();
      path = all.path().toString();
      all.forEach(h -> headers.put(h.getKey().toString(), h.getValue().toString()));
    }

    void ok(String text) {
      head("200", Map.of());
      data(text, true);
    }

    /** A head, with an empty or a following body. */
    void head(String status, Map<String, String> more) {
      var _ =
          connection.ctx.write(
              new DefaultHttp2HeadersFrame(of(status, more), false).stream(stream));
    }

    /** An interim answer. */
    void interim(String status) {
      var _ =
          connection.ctx.write(
              new DefaultHttp2HeadersFrame(of(status, Map.of()), false).stream(stream));
    }

    /** A head without a body. */
    void only(String status, Map<String, String> more) {
      ended();
      var _ =
          connection.ctx.writeAndFlush(
              new DefaultHttp2HeadersFrame(of(status, more), true).stream(stream));
    }

    private static Http2Headers of(String status, Map<String, String> more) {
      Http2Headers all = new DefaultHttp2Headers().status(status);
      more.forEach(all::add);
      return all;
    }

    void data(String text, boolean ends) {
      data(text.getBytes(StandardCharsets.UTF_8), ends);
    }

    void data(byte[] bytes, boolean ends) {
      if (ends) {
        ended();
      }
      var _ =
          connection.ctx.writeAndFlush(
              new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), ends).stream(stream));
    }

    void reset(Http2Error error) {
      ended();
      var _ = connection.ctx.writeAndFlush(new DefaultHttp2ResetFrame(error).stream(stream));
    }

    /** Does something later. */
    void after(long millis, Runnable action) {
      var _ = connection.ctx.executor().schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    private void ended() {
      connection.streams--;
    }
  }

  /** Without TLS. */
  Http2Target(Script script) throws Exception {
    this(script, null, new Http2Settings());
  }

  Http2Target(Script script, @Nullable SslContext tls, Http2Settings settings) throws Exception {
    this.script = script;
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forServer()
                                .initialSettings(settings)
                                .autoAckPingFrame(true)
                                .build(),
                            new Serving());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
  }

  /** Answers every request with 200. */
  public static Http2Target ok() throws Exception {
    return new Http2Target((request, stream) -> stream.ok("{}"));
  }

  /** TLS with the targets' certificate, which agrees to some protocols. */
  static SslContext tls(String... protocols) throws Exception {
    return SslContextBuilder.forServer(TlsTargets.key(), TlsTargets.certificate())
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocols))
        .build();
  }

  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Requests read whole. */
  public int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  /** Connections open now. */
  int open() {
    return open.get();
  }

  /** Most requests that one connection had unanswered at a time. */
  int mostStreams() {
    return mostStreams.get();
  }

  /** Streams that the client has reset. */
  int resets() {
    return resets.get();
  }

  List<ScriptedServer.Received> received() {
    return received;
  }

  private final class Serving extends ChannelInboundHandlerAdapter {
    private final Map<Integer, Stream> streams = new HashMap<>();
    private @Nullable Connection connection;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      connection = new Connection(connections.incrementAndGet(), ctx);
      open.incrementAndGet();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      open.decrementAndGet();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      Connection on = connection();
      switch (message) {
        case Http2HeadersFrame head -> {
          Stream stream = new Stream(on, head);
          on.streams++;
          mostStreams.accumulateAndGet(on.streams, Math::max);
          streams.put(head.stream().id(), stream);
          if (head.isEndStream()) {
            whole(stream);
          }
        }
        case Http2DataFrame data -> {
          Stream stream = streams.get(data.stream().id());
          ByteBuf content = data.content();
          byte[] bytes = new byte[content.readableBytes()];
          content.readBytes(bytes);
          int flow = data.initialFlowControlledBytes();
          data.release();
          var _ = ctx.write(new DefaultHttp2WindowUpdateFrame(flow).stream(data.stream()));
          if (stream != null) {
            stream.body.writeBytes(bytes);
            if (data.isEndStream()) {
              whole(stream);
            }
          }
        }
        case Http2ResetFrame reset -> {
          resets.incrementAndGet();
          if (streams.remove(reset.stream().id()) != null) {
            on.streams--;
          }
        }
        default -> io.netty.util.ReferenceCountUtil.release(message);
      }
    }

    private Connection connection() {
      if (connection == null) {
        throw new IllegalStateException("no connection yet");
      }
      return connection;
    }

    private void whole(Stream stream) {
      streams.remove(stream.stream.id());
      stream.connection.served++;
      requests.incrementAndGet();
      ScriptedServer.Received request =
          new ScriptedServer.Received(
              stream.connection.number,
              stream.method,
              stream.path,
              stream.headers,
              stream.body.toString(StandardCharsets.UTF_8));
      received.add(request);
      script.answer(request, stream);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // The client is gone: what it saw is for the test to say.
      var _ = ctx.close();
    }
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    var _ = loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
