package dev.squall.runner.engine.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class TlsClientTest {
  @Test
  void aClosedConnectionsNativeHalfIsFreedAtOnceAndByNoFinalizer() {
    try (TlsClient client =
        TlsClient.of(TlsSettings.defaults(), TlsProvider.BORINGSSL, "localhost", 443, false)) {
      SslHandler handler = (SslHandler) client.newHandler(ByteBufAllocator.DEFAULT);
      assertThat(finalized(handler.engine().getClass())).isEmpty();
      EmbeddedChannel connection = new EmbeddedChannel(handler);
      assertThat(ReferenceCountUtil.refCnt(handler.engine())).isEqualTo(1);
      var _ = connection.close();
      connection.releaseOutbound();
      assertThat(ReferenceCountUtil.refCnt(handler.engine())).isZero();
    }
  }

  @Test
  void anEngineWithoutAHandlerIsFreedWhenItIsReleased() {
    try (TlsClient client =
        TlsClient.of(TlsSettings.defaults(), TlsProvider.BORINGSSL, "localhost", 443, false)) {
      SSLEngine engine = client.newEngine();
      assertThat(finalized(engine.getClass())).isEmpty();
      assertThat(ReferenceCountUtil.refCnt(engine)).isEqualTo(1);
      TlsClient.release(engine);
      assertThat(ReferenceCountUtil.refCnt(engine)).isZero();
    }
  }

  /** The class and those above it that have a finalizer. */
  private static List<String> finalized(Class<?> of) {
    List<String> found = new ArrayList<>();
    for (Class<?> c = of; c != null && c != Object.class; c = c.getSuperclass()) {
      try {
        found.add(c.getDeclaredMethod("finalize").getDeclaringClass().getName());
      } catch (NoSuchMethodException _) {
        // It has none.
      }
    }
    return found;
  }
}
