package dev.squall.runner.engine.names;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The name servers, asked over UDP, and over TCP for an answer that does not fit. Nothing is kept:
 * each look-up asks. Only the event loop that it runs on calls it, one look-up at a time.
 */
final class NameServers implements AutoCloseable {
  /** What passes any network in one piece: the size that DNS servers and resolvers agreed on. */
  private static final int MOST_UDP_BYTES = 1232;

  /** Aliases that an answer may lead over. */
  private static final int MOST_ALIASES = 8;

  private final TimeToLive timeToLive = new TimeToLive();
  private final Outcomes outcomes = new Outcomes();
  private final DnsNameResolver resolver;

  /**
   * On an event loop of NIO's.
   *
   * @param settings with a server at least
   */
  NameServers(EventLoop eventLoop, NameSettings settings) {
    // The resolver asks each of a list once, so that one attempt is one turn through the servers.
    List<InetSocketAddress> turns =
        Collections.nCopies(settings.attempts(), settings.servers()).stream()
            .flatMap(List::stream)
            .toList();
    resolver =
        new DnsNameResolverBuilder(eventLoop)
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            .nameServerProvider(_ -> DnsServerAddresses.sequential(turns).stream())
            .searchDomains(settings.search())
            .ndots(settings.ndots())
            .queryTimeoutMillis(settings.timeout().toMillis())
            // Of the two families each is a question.
            .maxQueriesPerResolve(2 * turns.size() + MOST_ALIASES)
            .maxPayloadSize(MOST_UDP_BYTES)
            .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
            .completeOncePreferredResolved(true)
            .hostsFileEntriesResolver(noHosts())
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .resolveCache(timeToLive)
            .cnameCache(timeToLive)
            .dnsQueryLifecycleObserverFactory(outcomes)
            .build();
  }

  private static HostsFileEntriesResolver noHosts() {
    return (_, _) -> null;
  }

  /**
   * Asks for a name's addresses.
   *
   * @param then is given the addresses, or what went wrong in a few words
   */
  void lookUp(String name, BiConsumer<Found, String> then) {
    timeToLive.reset();
    outcomes.reset();
    resolver
        .resolveAll(name)
        .addListener(
            (Future<List<InetAddress>> answer) -> {
              if (answer.isSuccess()) {
                then.accept(new Found(answer.getNow(), timeToLive.leastSeconds()), "");
              } else {
                String said = outcomes.words();
                // Of a name that is none the resolver asks nobody.
                then.accept(
                    Found.NOTHING,
                    said.isEmpty() ? "it cannot be asked for: " + answer.cause() : said);
              }
            });
  }

  @Override
  public void close() {
    resolver.close();
  }
}
