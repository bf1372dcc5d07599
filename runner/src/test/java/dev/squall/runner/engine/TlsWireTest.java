package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.tls.TlsClient;
import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.engine.tls.TlsSettings;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TlsWireTest {
  /** Is connected at once, and takes everything. */
  private record Connected(Wire.Owner owner) implements Wire {
    @Override
    public void connect(InetSocketAddress to) {
      owner.connected();
    }

    @Override
    public void reuse() {}

    @Override
    public void send(ByteBuf message) {
      message.release();
    }

    @Override
    public boolean endedBeforeRequest() {
      return false;
    }

    @Override
    public void reset() {}

    @Override
    public void close() {}
  }

  private static final class Told implements Wire.Owner {
    private final List<Object> words = new ArrayList<>();

    @Override
    public void connected() {
      words.add("connected");
    }

    @Override
    public void unconnected(Throwable cause) {
      words.add(cause.getClass());
    }

    @Override
    public void shaken(SSLEngine tls, @Nullable String protocol) {
      words.add("shaken");
    }

    @Override
    public void read(ByteBuf in) {
      in.release();
    }

    @Override
    public void over(boolean stillOpen) {
      words.add("over");
    }

    @Override
    public void broke(Throwable cause) {
      words.add("broke");
    }
  }

  @Test
  void aConnectionForWhichTlsCannotBeMadeIsAFailureAtOnce() {
    TlsClient tls =
        TlsClient.of(TlsSettings.defaults(), TlsProvider.BORINGSSL, "localhost", 443, false);
    tls.close();
    Told told = new Told();
    new TlsWire(tls, new TlsBuffers(), Connected::new, told)
        .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 443));
    assertThat(told.words).containsExactly(IllegalReferenceCountException.class);
  }
}
