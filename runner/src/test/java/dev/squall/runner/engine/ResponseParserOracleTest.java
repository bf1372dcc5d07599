package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The parser beside Netty's, and on a million broken answers. */
class ResponseParserOracleTest {
  private static final int MAX_BODY = 1 << 20;

  /** The window of all parsers here. */
  private final byte[] window = Lines.window();

  /** A whole answer. */
  private record Whole(int status, String body) {}

  private static Optional<Whole> byNetty(byte[] answer) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new HttpResponseDecoder(
                new HttpDecoderConfig().setStrictLineParsing(false).setMaxHeaderSize(65_536)));
    try {
      channel.writeInbound(Unpooled.copiedBuffer(answer));
      channel.finish();
      Whole whole = null;
      StringBuilder body = new StringBuilder();
      int status = 0;
      for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
        // After a status of 101 it hands the bytes on as they are.
        if (whole == null && !(read instanceof HttpObject o && o.decoderResult().isSuccess())) {
          ReferenceCountUtil.release(read);
          return Optional.empty();
        }
        if (read instanceof HttpResponse head) {
          status = head.status().code();
        }
        if (read instanceof HttpContent part && status >= 200) {
          body.append(part.content().toString(StandardCharsets.ISO_8859_1));
        }
        if (read instanceof LastHttpContent && status >= 200 && whole == null) {
          whole = new Whole(status, body.toString());
        }
        ReferenceCountUtil.release(read);
      }
      return Optional.ofNullable(whole);
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private Optional<Whole> byOwn(byte[] answer, int... splits) {
    ResponseParser parser = new ResponseParser(window, MAX_BODY);
    parser.begin(false, Needs.BODY, null);
    int from = 0;
    for (int i = 0; i <= splits.length; i++) {
      int to = i == splits.length ? answer.length : splits[i];
      ByteBuf in = Unpooled.wrappedBuffer(answer, from, to - from);
      boolean complete = parser.read(in);
      assertThat(complete || parser.error() != null || !in.isReadable()).isTrue();
      from = to;
    }
    if (parser.error() != null || !parser.end()) {
      return Optional.empty();
    }
    var body = parser.kept().body();
    String text =
        body == null ? "" : new String(body.array(), 0, body.length(), StandardCharsets.ISO_8859_1);
    assertThat(parser.contentBytes()).isEqualTo(text.length());
    return Optional.of(new Whole(parser.status(), text));
  }

  @Test
  void wellFormedAnswersAreReadAsByNettyWhereverTheyAreSplit() {
    Answers answers = new Answers(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] answer = answers.next();
      Optional<Whole> expected = byNetty(answer);
      assertThat(expected).as(text(answer)).isPresent();
      for (int split = 0; split <= answer.length; split++) {
        Optional<Whole> own = byOwn(answer, split);
        if (!own.equals(expected)) {
          assertThat(own).as("split at %d: %s", split, text(answer)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void whatBothTakeOfABrokenAnswerIsTheSame() {
    Answers answers = new Answers(2);
    int both = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] answer = answers.changed();
      Optional<Whole> netty = byNetty(answer);
      Optional<Whole> own = byOwn(answer);
      if (own.isPresent() && netty.isPresent()) {
        both++;
        assertThat(own).as(text(answer)).isEqualTo(netty);
      }
    }
    assertThat(both).isGreaterThan(5_000);
  }

  @Test
  void aMillionBrokenAnswersEndEachTheSameInOnePieceAndInThree() {
    Answers answers = new Answers(3);
    Random random = new Random(4);
    int whole = 0;
    for (int i = 0; i < 1_000_000; i++) {
      byte[] answer = answers.changed();
      int[] splits = {random.nextInt(answer.length + 1), random.nextInt(answer.length + 1)};
      Arrays.sort(splits);
      Optional<Whole> inOne = byOwn(answer);
      Optional<Whole> inThree = byOwn(answer, splits);
      if (!inOne.equals(inThree)) {
        assertThat(inThree)
            .as("split at %s: %s", Arrays.toString(splits), text(answer))
            .isEqualTo(inOne);
      }
      whole += inOne.isPresent() ? 1 : 0;
    }
    assertThat(whole).isBetween(100_000, 900_000);
  }

  private static String text(byte[] answer) {
    return new String(answer, StandardCharsets.ISO_8859_1);
  }
}
