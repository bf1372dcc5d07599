package dev.squall.runner.engine;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of the loopback address that refuses connections: bound, so that nobody else is given it,
 * but not listened at. A server of the test may listen there meanwhile.
 */
public final class RefusingPort implements Closeable {
  private final Socket held = new Socket();

  /** Any that is free. */
  public RefusingPort() throws IOException {
    // Without it a server could not bind beside this.
    held.setReuseAddress(true);
    held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Its number. */
  public int number() {
    return held.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    held.close();
  }
}
