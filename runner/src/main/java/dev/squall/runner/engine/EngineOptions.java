package dev.squall.runner.engine;

import dev.squall.runner.engine.names.NameSettings;
import dev.squall.runner.engine.tls.TlsProvider;
import java.time.Duration;
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
    return new EngineOptions(
        number,
        transport,
        version,
        traceHeaders,
        maxBodyBytes,
        connectTimeout,
        tlsProvider,
        names,
        traces);
  }

  /** With another transport. */
  public EngineOptions withTransport(Transport other) {
    return new EngineOptions(
        eventLoops,
        other,
        version,
        traceHeaders,
        maxBodyBytes,
        connectTimeout,
        tlsProvider,
        names,
        traces);
  }

  /** With a version for the User-Agent header. */
  public EngineOptions withVersion(String text) {
    return new EngineOptions(
        eventLoops,
        transport,
        text,
        traceHeaders,
        maxBodyBytes,
        connectTimeout,
        tlsProvider,
        names,
        traces);
  }

  /** With or without the headers that name user, iteration and step. */
  public EngineOptions withTraceHeaders(boolean on) {
    return new EngineOptions(
        eventLoops,
        transport,
        version,
        on,
        maxBodyBytes,
        connectTimeout,
        tlsProvider,
        names,
        traces);
  }

  /** With another limit for bodies that are kept. */
  public EngineOptions withMaxBodyBytes(int bytes) {
    return new EngineOptions(
        eventLoops,
        transport,
        version,
        traceHeaders,
        bytes,
        connectTimeout,
        tlsProvider,
        names,
        traces);
  }

  /** With another limit for connecting. */
  public EngineOptions withConnectTimeout(Duration limit) {
    return new EngineOptions(
        eventLoops,
        transport,
        version,
        traceHeaders,
        maxBodyBytes,
        limit,
        tlsProvider,
        names,
        traces);
  }

  /** With another provider of TLS. */
  public EngineOptions withTlsProvider(TlsProvider other) {
    return new EngineOptions(
        eventLoops,
        transport,
        version,
        traceHeaders,
        maxBodyBytes,
        connectTimeout,
        other,
        names,
        traces);
  }

  /** With names found another way than this machine's. */
  public EngineOptions withNames(NameSettings settings) {
    return new EngineOptions(
        eventLoops,
        transport,
        version,
        traceHeaders,
        maxBodyBytes,
        connectTimeout,
        tlsProvider,
        settings,
        traces);
  }

  /** With somebody who takes note of each request. */
  public EngineOptions withTraces(Supplier<Trace> newTrace) {
    return new EngineOptions(
        eventLoops,
        transport,
        version,
        traceHeaders,
        maxBodyBytes,
        connectTimeout,
        tlsProvider,
        names,
        newTrace);
  }

  @Nullable Trace newTrace() {
    return traces == null ? null : traces.get();
  }
}
