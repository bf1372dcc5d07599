package dev.squall.runner.engine.names;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsCnameCache;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, in a cache's place, for how long what the name servers say may be used: the least time to
 * live of the records that led to the addresses. So each look-up asks them, and it is known when to
 * look up again. Only the resolver's event loop calls it.
 */
final class TimeToLive implements DnsCache, DnsCnameCache {
  private long leastSeconds = Long.MAX_VALUE;

  /** Another look-up begins. */
  void reset() {
    leastSeconds = Long.MAX_VALUE;
  }

  /** The least since then. */
  long leastSeconds() {
    return leastSeconds;
  }

  @Override
  public @Nullable DnsCacheEntry cache(
      String hostname,
      DnsRecord[] additionals,
      InetAddress address,
      long originalTtl,
      EventLoop loop) {
    leastSeconds = Math.min(leastSeconds, originalTtl);
    return null;
  }

  @Override
  public void cache(String hostname, String cname, long originalTtl, EventLoop loop) {
    leastSeconds = Math.min(leastSeconds, originalTtl);
  }

  @Override
  public @Nullable DnsCacheEntry cache(
      String hostname, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
    return null;
  }

  @Override
  public List<? extends DnsCacheEntry> get(String hostname, DnsRecord[] additionals) {
    return List.of();
  }

  @Override
  public @Nullable String get(String hostname) {
    return null;
  }

  @Override
  public void clear() {
    reset();
  }

  @Override
  public boolean clear(String hostname) {
    return false;
  }
}
