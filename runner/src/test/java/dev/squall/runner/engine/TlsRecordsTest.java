package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.runner.engine.tls.TlsClient;
import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.engine.tls.TlsServer;
import dev.squall.runner.engine.tls.TlsSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Records between two sides that hand each other bytes, cut anywhere. */
@ParameterizedClass
@EnumSource(
    value = TlsProvider.class,
    names = {"BORINGSSL", "JDK"})
class TlsRecordsTest {
  /** One side: what it has sent and the other has not yet read, and what it was told. */
  private static final class Side implements TlsRecords.Ends {
    final SSLEngine engine;
    final TlsRecords records;
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final ByteArrayOutputStream told = new ByteArrayOutputStream();
    boolean agreed;
    boolean closesWhenTold;

    Side(SSLEngine engine) {
      this.engine = engine;
      this.records = new TlsRecords(engine, new TlsBuffers(), this);
    }

    @Override
    public void transmit(ByteBuf sealed) {
      move(sealed, sent);
    }

    @Override
    public void opened(ByteBuf plain) {
      move(plain, told);
      if (closesWhenTold) {
        records.close();
      }
    }

    private static void move(ByteBuf from, ByteArrayOutputStream to) {
      byte[] bytes = new byte[from.readableBytes()];
      from.readBytes(bytes).release();
      to.writeBytes(bytes);
    }

    @Override
    public void agreed(SSLEngine its) {
      assertThat(its).isSameAs(engine);
      assertThat(agreed).isFalse();
      agreed = true;
    }

    byte[] takeSent() {
      byte[] bytes = sent.toByteArray();
      sent.reset();
      return bytes;
    }

    void read(byte[] bytes, int piece) throws IOException {
      for (int at = 0; at < bytes.length; at += piece) {
        int length = Math.min(piece, bytes.length - at);
        ByteBuf in = Unpooled.directBuffer(length).writeBytes(bytes, at, length);
        try {
          records.read(in);
        } finally {
          assertThat(in.release()).isTrue();
        }
      }
    }
  }

  private final TlsProvider provider;
  private TlsClient tls;
  private Side client;
  private Side server;

  TlsRecordsTest(TlsProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    TlsServer target = TlsServer.create(provider, false);
    TlsSettings settings =
        TlsSettings.defaults()
            .withServerName(TlsServer.NAME)
            .withTrusted(List.of(target.certificate()));
    tls = TlsClient.of(settings, provider, "localhost", 443, false);
    client = new Side(tls.newEngine());
    server = new Side(target.newEngine());
  }

  @AfterEach
  void close() {
    client.records.close();
    server.records.close();
    assertThat(ReferenceCountUtil.refCnt(client.engine)).isIn(0, -1);
    tls.close();
  }

  /** Each hands the other what it has sent, in pieces, until both are silent. */
  private void exchange(int piece) throws IOException {
    while (client.sent.size() > 0 || server.sent.size() > 0) {
      server.read(client.takeSent(), piece);
      client.read(server.takeSent(), piece);
    }
  }

  private void shake(int piece) throws IOException {
    client.records.begin();
    server.records.begin();
    exchange(piece);
    assertThat(client.agreed).isTrue();
    assertThat(server.agreed).isTrue();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void send(Side from, byte[] message) throws IOException {
    ByteBuf buffer = Unpooled.directBuffer(message.length).writeBytes(message);
    from.records.send(buffer);
    assertThat(buffer.release()).isTrue();
  }

  @Test
  void whatIsSentIsReadHoweverItIsCut() throws IOException {
    for (int piece : new int[] {1, 2, 3, 5, 7, 1_000, 16_406, 65_536}) {
      close();
      open();
      shake(piece);
      for (int length : new int[] {1, 100, 16_384, 16_385, 200_000}) {
        byte[] request = random(length);
        byte[] answer = random(length + 1);
        send(client, request);
        send(server, answer);
        exchange(piece);
        assertThat(server.told.toByteArray()).isEqualTo(request);
        assertThat(client.told.toByteArray()).isEqualTo(answer);
        server.told.reset();
        client.told.reset();
      }
    }
  }

  @Test
  void aTargetThatSpeaksNoTlsIsToldApart() {
    byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(
            () -> {
              client.records.begin();
              client.read(answer, answer.length);
            })
        .isInstanceOf(SSLException.class);
    assertThat(client.agreed).isFalse();
  }

  @Test
  void aTargetThatIsNotTrustedIsToldWhy() throws IOException {
    client.records.close();
    tls.close();
    tls = TlsClient.of(TlsSettings.defaults(), provider, TlsServer.NAME, 443, false);
    client = new Side(tls.newEngine());
    assertThatThrownBy(() -> shake(65_536)).isInstanceOf(SSLException.class);
    assertThat(client.agreed).isFalse();
    // The target hears of it, by an alert.
    byte[] alert = client.takeSent();
    assertThat(alert).isNotEmpty();
    assertThatThrownBy(() -> server.read(alert, alert.length)).isInstanceOf(SSLException.class);
  }

  @Test
  void aTargetThatEndsTheHandshakeIsNotAgreedWith() {
    assertThatThrownBy(
            () -> {
              client.records.begin();
              server.records.begin();
              client.takeSent();
              // close_notify, as a warning of TLS 1.2 in the clear.
              client.read(new byte[] {0x15, 0x03, 0x03, 0, 2, 1, 0}, 7);
            })
        .isInstanceOf(IOException.class);
    assertThat(client.agreed).isFalse();
  }

  @Test
  void aRecordThatWasChangedOnItsWayBreaksTheConnection() throws IOException {
    shake(65_536);
    send(server, random(100));
    byte[] sealed = server.takeSent();
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> client.read(sealed, 50)).isInstanceOf(SSLException.class);
    assertThat(client.told.size()).isZero();
  }

  @Test
  void afterTheTargetsFarewellNothingIsSentThatIsNotSealed() throws IOException {
    shake(65_536);
    server.engine.closeOutbound();
    ByteBuffer farewell = ByteBuffer.allocateDirect(65_536);
    server.engine.wrap(ByteBuffer.allocateDirect(0), farewell);
    byte[] bytes = new byte[farewell.flip().remaining()];
    farewell.get(bytes);
    client.read(bytes, bytes.length);
    if (provider == TlsProvider.BORINGSSL) {
      assertThatThrownBy(() -> send(client, random(10))).isInstanceOf(EOFException.class);
    } else {
      // The JDK leaves its own half open (RFC 8446, 6.1).
      send(client, random(10));
      exchange(65_536);
      assertThat(server.told.toByteArray()).isEqualTo(random(10));
    }
  }

  @Test
  void whatFollowsInTheSameReadIsLeftToNobodyOnceItIsClosed() throws IOException {
    shake(65_536);
    send(server, random(100));
    send(server, random(100));
    client.closesWhenTold = true;
    client.read(server.takeSent(), 65_536);
    assertThat(client.told.size()).isEqualTo(100);
  }
}
