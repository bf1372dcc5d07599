package dev.squall.runner.engine;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A name server on loopback, over UDP and TCP, that answers as the test says. */
final class ScriptedDns implements AutoCloseable {
  /** What a question is answered with. */
  sealed interface Answer {
    /** Addresses of the family that was asked for, of those here. */
    record Addresses(int seconds, List<String> literals) implements Answer {}

    /** Another name's addresses. */
    record Alias(int seconds, String name, Addresses its) implements Answer {}

    /** An error. */
    record Failure(DnsResponseCode code) implements Answer {}

    /** Over UDP, that the answer does not fit. */
    record TooLong() implements Answer {}

    /** None. */
    record Silence() implements Answer {}
  }

  /** Who answers. */
  interface Script {
    Answer answer(Asked question);
  }

  /**
   * A question.
   *
   * @param number questions before it
   */
  record Asked(int number, String name, boolean ipv6, boolean tcp) {}

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Script script;
  private final Channel udp;
  private final Channel tcp;

  ScriptedDns(Script script) {
    this.script = script;
    InetAddress here = InetAddress.getLoopbackAddress();
    udp =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<NioDatagramChannel>() {
                  @Override
                  protected void initChannel(NioDatagramChannel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new OverUdp());
                  }
                })
            .bind(here, 0)
            .syncUninterruptibly()
            .channel();
    tcp =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), new OverTcp());
                  }
                })
            .bind(here, address().getPort())
            .syncUninterruptibly()
            .channel();
  }

  static Answer addresses(int seconds, String... literals) {
    return new Answer.Addresses(seconds, List.of(literals));
  }

  static Answer error(DnsResponseCode code) {
    return new Answer.Failure(code);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) udp.localAddress();
  }

  /** The questions, in order. */
  List<Asked> asked() {
    return asked;
  }

  private Answer ask(DnsQuestion question, boolean overTcp) {
    Asked one =
        new Asked(
            asked.size(), question.name(), question.type().equals(DnsRecordType.AAAA), overTcp);
    asked.add(one);
    return script.answer(one);
  }

  private final class OverUdp extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
      DatagramDnsResponse response =
          new DatagramDnsResponse(
              /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
      write(ctx, query, response, ask(query.recordAt(DnsSection.QUESTION), false));
    }
  }

  private final class OverTcp extends SimpleChannelInboundHandler<DnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DnsQuery query) {
      write(
          ctx,
          query,
          new DefaultDnsResponse(query.id()),
          ask(query.recordAt(DnsSection.QUESTION), true));
    }
  }

  private static void write(
      ChannelHandlerContext ctx, DnsQuery query, DnsResponse response, Answer answer) {
    DnsQuestion question = query.recordAt(DnsSection.QUESTION);
    response.setAuthoritativeAnswer(true);
    response.addRecord(DnsSection.QUESTION, question);
    switch (answer) {
      case Answer.Addresses its -> add(response, question.name(), question.type(), its);
      case Answer.Alias alias -> {
        response.addRecord(
            DnsSection.ANSWER,
            new DefaultDnsRawRecord(
                question.name(),
                DnsRecordType.CNAME,
                alias.seconds,
                Unpooled.wrappedBuffer(encoded(alias.name))));
        add(response, alias.name, question.type(), alias.its);
      }
      case Answer.Failure failure -> response.setCode(failure.code);
      case Answer.TooLong _ -> response.setTruncated(true);
      case Answer.Silence _ -> {
        response.release();
        return;
      }
    }
    var _ = ctx.writeAndFlush(response);
  }

  private static void add(
      DnsResponse response, String name, DnsRecordType type, Answer.Addresses its) {
    for (String literal : its.literals) {
      byte[] address = NetUtil.createByteArrayFromIpAddressString(literal);
      if ((address.length == 4) == type.equals(DnsRecordType.A)) {
        DnsRecord record =
            new DefaultDnsRawRecord(name, type, its.seconds, Unpooled.wrappedBuffer(address));
        response.addRecord(DnsSection.ANSWER, record);
      }
    }
  }

  private static byte[] encoded(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : name.replaceAll("\\.$", "").split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.write(0);
    return out.toByteArray();
  }

  @Override
  public void close() {
    udp.close().syncUninterruptibly();
    tcp.close().syncUninterruptibly();
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
