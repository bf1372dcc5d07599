package dev.squall.runner.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.rehearsal.Requests.Due;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rehearsal's target beside Netty's frames. */
class Http2RequestsTest {
  private final EmbeddedChannel client = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final ChannelHandlerContext ctx = client.pipeline().firstContext();
  private final DefaultHttp2FrameWriter writer = new DefaultHttp2FrameWriter();
  private final DefaultHttp2FrameReader reader = new DefaultHttp2FrameReader();
  private final Requests requests = new Http2Requests();

  /** What the client has read: settings, answers' heads and bodies. */
  private final List<String> read = new ArrayList<>();

  private int stream = 1;

  @BeforeEach
  void greet() throws Http2Exception {
    client.writeOutbound(Http2CodecUtil.connectionPrefaceBuf());
    var _ = writer.writeSettings(ctx, new Http2Settings(), ctx.newPromise());
    assertThat(exchange(1)).isZero();
    assertThat(read).containsExactly("settings", "settings confirmed");
    read.clear();
  }

  @AfterEach
  void close() {
    writer.close();
    reader.close();
    client.finishAndReleaseAll();
  }

  private void send(String method, int bodyBytes) {
    Http2Headers head =
        new DefaultHttp2Headers().method(method).path("/").scheme("http").authority("a");
    // More than one frame takes.
    head.add("x-long", "v".repeat(5_000)).add("x-longer", "&".repeat(20_000));
    var _ = writer.writeHeaders(ctx, stream, head, 0, bodyBytes == 0, ctx.newPromise());
    if (bodyBytes > 0) {
      ByteBuf body = Unpooled.wrappedBuffer(new byte[bodyBytes]);
      var _ = writer.writeData(ctx, stream, body, 0, true, ctx.newPromise());
    }
    stream += 2;
  }

  /** Carries bytes there, in pieces of a size, and back; how many requests were found. */
  private int exchange(int piece) throws Http2Exception {
    int found = 0;
    for (byte[] sent = sent(); sent.length > 0; sent = sent()) {
      for (int at = 0; at < sent.length; at += piece) {
        ByteBuffer in = ByteBuffer.wrap(sent, at, Math.min(piece, sent.length - at));
        while (in.hasRemaining()) {
          Due due = requests.read(in);
          found += due == Due.ANSWER ? 1 : 0;
          if (due != Due.NOTHING) {
            reader.readFrame(ctx, Unpooled.copiedBuffer(requests.answer()), new Noting());
          }
        }
      }
    }
    return found;
  }

  private byte[] sent() {
    client.flush();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf one = client.readOutbound(); one != null; one = client.readOutbound()) {
      byte[] bytes = new byte[one.readableBytes()];
      one.readBytes(bytes);
      all.writeBytes(bytes);
      one.release();
    }
    return all.toByteArray();
  }

  private final class Noting extends Http2FrameAdapter {
    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
      read.add("settings");
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext context) {
      read.add("settings confirmed");
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean ends) {
      read.add(id + " " + headers.status() + " " + headers.get("content-type"));
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean ends) {
      read.add(id + " " + data.toString(StandardCharsets.US_ASCII) + (ends ? " end" : ""));
      return data.readableBytes();
    }
  }

  @Test
  void eachRequestIsFoundAndAnsweredHoweverItsBytesCome() throws Http2Exception {
    for (int piece : new int[] {1, 2, 7, 9, 1_000, 100_000}) {
      int first = stream;
      send("GET", 0);
      send("POST", 30_000);
      send("PUT", 1);
      assertThat(exchange(piece)).isEqualTo(3);
      List<String> expected = new ArrayList<>();
      for (int id = first; id < stream; id += 2) {
        expected.add(id + " 200 application/json");
        expected.add(id + " {} end");
      }
      assertThat(read).isEqualTo(expected);
      read.clear();
    }
  }

  @Test
  void bodiesNeverWaitForTheTargetToTakeMore() {
    int length = 16_000_000;
    ByteBuffer frame = ByteBuffer.allocate(9 + length);
    // DATA with END_STREAM.
    frame.putShort((short) (length >> 8)).put((byte) length).put((byte) 0).put((byte) 1).putInt(1);
    long window = Integer.MAX_VALUE;
    for (int i = 0; i < 500; i++) {
      window -= length;
      assertThat(window).isNotNegative();
      assertThat(requests.read(frame.rewind())).isEqualTo(Due.ANSWER);
      ByteBuffer answer = requests.answer();
      boolean more = answer.get(3) == 8;
      window += more ? answer.getInt(9) : 0;
      assertThat(window).isLessThanOrEqualTo(Integer.MAX_VALUE);
    }
  }
}
