package dev.squall.runner.engine;

import dev.squall.runner.engine.names.NameSettings;
import dev.squall.runner.engine.names.NameWatch;
import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.ConnectionStep;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The target's addresses. Event loops read them without blocking; they are found by a {@link
 * NameWatch}, again and again while the load runs, since Services and DNS records move.
 */
final class Addresses implements AutoCloseable, NameWatch.Listener {
  private final Endpoint endpoint;
  private final @Nullable NameWatch watch;
  private final AtomicLong answers = new AtomicLong();
  private volatile List<InetSocketAddress> known = List.of();
  private volatile Refusal refusal;
  private ConnectionCounts counts = new ConnectionCounts();

  /** Begins to look for them at once; an address literal is known right away. */
  Addresses(Endpoint endpoint, NameSettings names) {
    this.endpoint = endpoint;
    this.refusal =
        Faults.unresolved(endpoint.host(), "no answer in time from " + NameWatch.asked(names));
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
    if (literal == null) {
      watch = new NameWatch(endpoint.host(), names, this);
    } else {
      watch = null;
      try {
        known = List.of(new InetSocketAddress(InetAddress.getByAddress(literal), endpoint.port()));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("host '" + endpoint.host() + "' is no address", e);
      }
    }
  }

  @Override
  public void found(List<InetAddress> addresses, long nanos) {
    known = addresses(addresses).map(each -> new InetSocketAddress(each, endpoint.port())).toList();
    took(nanos);
    answers.incrementAndGet();
  }

  private Stream<InetAddress> addresses(List<InetAddress> answered) {
    return endpoint.connections().spread() == ConnectionSettings.Spread.FIRST
        ? answered.stream().limit(1)
        // Servers rotate their answers; all runners are to see the same order.
        : answered.stream().sorted(Comparator.comparing(InetAddress::getHostAddress));
  }

  @Override
  public void failed(String reason) {
    // Addresses that worked before stay in use; without any, requests fail as unresolved.
    refusal = Faults.unresolved(endpoint.host(), reason);
    countFailure();
    answers.incrementAndGet();
  }

  private synchronized void took(long nanos) {
    counts.took(ConnectionStep.RESOLVE, nanos);
  }

  private synchronized void countFailure() {
    counts.failed(ConnectionStep.RESOLVE);
  }

  /** How often was looked since the last call, and for how long. */
  synchronized ConnectionCounts take() {
    ConnectionCounts taken = counts;
    counts = new ConnectionCounts();
    return taken;
  }

  /** The addresses that connections go to; empty while none is known. */
  List<InetSocketAddress> known() {
    return known;
  }

  /** What a request is that needs an address while none is known. */
  Refusal refusal() {
    return refusal;
  }

  /** How often was looked, and addresses found or not. */
  long answers() {
    return answers.get();
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
