package dev.squall.runner.engine;

import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.ConnectionStep;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The target's addresses. Event loops read them without blocking; a thread of its own asks the
 * resolver, again and again while the load runs, since Services and DNS records move.
 */
final class Addresses implements AutoCloseable {
  private static final long REFRESH_SECONDS = 30;
  private static final long RETRY_SECONDS = 1;

  private final Endpoint endpoint;
  private final ScheduledExecutorService resolver;
  private volatile List<InetSocketAddress> known = List.of();
  private final AtomicLong answers = new AtomicLong();
  private ConnectionCounts counts = new ConnectionCounts();

  /** Begins to resolve at once; an address literal is known right away. */
  Addresses(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.resolver =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("squall-resolver").factory());
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
    if (literal == null) {
      resolver.execute(this::resolve);
    } else {
      try {
        known = List.of(new InetSocketAddress(InetAddress.getByAddress(literal), endpoint.port()));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("host '" + endpoint.host() + "' is no address", e);
      }
    }
  }

  private void resolve() {
    long next = RETRY_SECONDS;
    long began = System.nanoTime();
    try {
      InetAddress[] found = lookUp();
      List<InetSocketAddress> sockets = new ArrayList<>();
      // One family, the one the resolver prefers: of the other it is not known that it is
      // reachable.
      Arrays.stream(found)
          .filter(address -> address.getClass() == found[0].getClass())
          .sorted(Comparator.comparing(InetAddress::getHostAddress))
          .forEach(address -> sockets.add(new InetSocketAddress(address, endpoint.port())));
      known = List.copyOf(sockets);
      took(System.nanoTime() - began);
      next = REFRESH_SECONDS;
    } catch (UnknownHostException _) {
      // Addresses that worked before stay in use; without any, requests fail as unresolved.
      failed();
      next = known.isEmpty() ? RETRY_SECONDS : REFRESH_SECONDS;
    }
    answers.incrementAndGet();
    if (!resolver.isShutdown()) {
      var _ = resolver.schedule(this::resolve, next, TimeUnit.SECONDS);
    }
  }

  private synchronized void took(long nanos) {
    counts.took(ConnectionStep.RESOLVE, nanos);
  }

  private synchronized void failed() {
    counts.failed(ConnectionStep.RESOLVE);
  }

  /** How often was resolved since the last call, and for how long. */
  synchronized ConnectionCounts take() {
    ConnectionCounts taken = counts;
    counts = new ConnectionCounts();
    return taken;
  }

  private InetAddress[] lookUp() throws UnknownHostException {
    try {
      return InetAddress.getAllByName(endpoint.host());
    } catch (UnknownHostException e) {
      if (endpoint.serverName().equals(endpoint.host())) {
        throw e;
      }
      // The hosts file, which knows no trailing dot.
      return InetAddress.getAllByName(endpoint.serverName());
    }
  }

  /** The addresses; empty while none is known. All runners see the same order. */
  List<InetSocketAddress> known() {
    return known;
  }

  /** How often the resolver has answered, with addresses or without. */
  long answers() {
    return answers.get();
  }

  @Override
  public void close() {
    resolver.shutdownNow();
  }
}
