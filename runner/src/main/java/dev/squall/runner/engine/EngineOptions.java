package dev.squall.runner.engine;

import dev.squall.runner.engine.names.NameSettings;
import dev.squall.runner.engine.tls.TlsProvider;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How an engine runs, as opposed to what it sends.
 *
 * @param eventLoops number of event loops, at least 1
 * @param transport how sockets are driven
 * @param version version in the User-Agent header
 * @param traceHeaders whether requests carry {@code X-Squall-User}, {@code X-Squall-Iteration} and
 *     {@code X-Squall-Step}, for tests that take the target's log as truth
 * @param maxBodyBytes largest body that is kept for checks; a larger one that is needed is a decode
 *     failure, one that is not needed is counted and discarded whatever its size
 * @param connectTimeout how long a connection may take to be established, TLS included
 * @param tlsProvider who does TLS
 * @param names how the target's name is found
 * @param traces makes what takes note of each request, one for each event loop; null for nobody
 */
public record EngineOptions(
    int eventLoops,
    Transport transport,
    String version,
    boolean traceHeaders,
    int maxBodyBytes,
    Duration connectTimeout,
    TlsProvider tlsProvider,
    NameSettings names,
    @Nullable Supplier<Trace> traces) {
  /** How sockets are driven. */
  public enum Transport {
    /** Epoll where it can be loaded, else NIO. */
    AUTO,
    /** Linux's io_uring where the kernel lets this process use it, else as {@link #AUTO}. */
    IO_URING,
    /** Linux's epoll; an error if it cannot be loaded. */
    EPOLL,
    /** The JDK's own selector. */
    NIO
  }

  /** Checks the numbers. */
  public EngineOptions {
    if (eventLoops < 1 || maxBodyBytes < 0 || !connectTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "an engine needs 1 event loop or more, a body limit from 0, a connect timeout above 0");
    }
  }

  /** An event loop for each processor that the JVM sees, and the usual limits. */
  public static EngineOptions defaults() {
    return new EngineOptions(
        Runtime.getRuntime().availableProcessors(),
        Transport.AUTO,
        "dev",
        false,
        1 << 20,
        Duration.ofSeconds(10),
        TlsProvider.AUTO,
        NameSettings.ofMachine(),
        null);
  }

  /** With another number of event loops. */
  public EngineOptions withEventLoops(int number) {
    return with(options -> options.eventLoops = number);
  }

  /** With another transport. */
  public EngineOptions withTransport(Transport other) {
    return with(options -> options.transport = other);
  }

  /** With a version for the User-Agent header. */
  public EngineOptions withVersion(String text) {
    return with(options -> options.version = text);
  }

  /** With or without the headers that name user, iteration and step. */
  public EngineOptions withTraceHeaders(boolean on) {
    return with(options -> options.traceHeaders = on);
  }

  /** With another limit for bodies that are kept. */
  public EngineOptions withMaxBodyBytes(int bytes) {
    return with(options -> options.maxBodyBytes = bytes);
  }

  /** With another limit for connecting. */
  public EngineOptions withConnectTimeout(Duration limit) {
    return with(options -> options.connectTimeout = limit);
  }

  /** With another provider of TLS. */
  public EngineOptions withTlsProvider(TlsProvider other) {
    return with(options -> options.tlsProvider = other);
  }

  /** With names found another way than this machine's. */
  public EngineOptions withNames(NameSettings settings) {
    return with(options -> options.names = settings);
  }

  /** With somebody who takes note of each request. */
  public EngineOptions withTraces(Supplier<Trace> newTrace) {
    return with(options -> options.traces = newTrace);
  }

  private EngineOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.made();
  }

  @Nullable Trace newTrace() {
    return traces == null ? null : traces.get();
  }

  /** The same options, while one of them is changed. */
  private static final class Draft {
    private int eventLoops;
    private Transport transport;
    private String version;
    private boolean traceHeaders;
    private int maxBodyBytes;
    private Duration connectTimeout;
    private TlsProvider tlsProvider;
    private NameSettings names;
    private @Nullable Supplier<Trace> traces;

    Draft(EngineOptions from) {
      eventLoops = from.eventLoops;
      transport = from.transport;
      version = from.version;
      traceHeaders = from.traceHeaders;
      maxBodyBytes = from.maxBodyBytes;
      connectTimeout = from.connectTimeout;
      tlsProvider = from.tlsProvider;
      names = from.names;
      traces = from.traces;
    }

    EngineOptions made() {
      return new EngineOptions(
          eventLoops,
          transport,
          version,
          traceHeaders,
          maxBodyBytes,
          connectTimeout,
          tlsProvider,
          names,
          traces);
    }
  }
}
