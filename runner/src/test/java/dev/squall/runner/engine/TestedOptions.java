package dev.squall.runner.engine;

import dev.squall.api.wire.PodContract;
import dev.squall.runner.engine.EngineOptions.Transport;
import java.util.Locale;

/** The options that tests run by: the usual ones, and the transport that the environment names. */
public final class TestedOptions {
  private TestedOptions() {}

  /** The usual ones; a second execution of the tests has them by io_uring. */
  public static EngineOptions ofEnvironment() {
    return EngineOptions.defaults().withTransport(transport());
  }

  /** The transport that the environment names, else the best there is. */
  static Transport transport() {
    String asked = System.getenv(PodContract.TRANSPORT_VARIABLE);
    return asked == null ? Transport.AUTO : Transport.valueOf(asked.toUpperCase(Locale.ROOT));
  }
}
