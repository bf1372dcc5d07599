package dev.squall.runner.engine.names;

import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.DnsQueryLifecycleObserver;
import io.netty.resolver.dns.DnsQueryLifecycleObserverFactory;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What each name server said last in a look-up, for the reason of one that fails. Only the
 * resolver's event loop calls it.
 */
final class Outcomes implements DnsQueryLifecycleObserverFactory {
  private static final String PENDING = "has not answered yet";
  private static final String NXDOMAIN = "NXDOMAIN";

  private final Map<String, String> byServer = new LinkedHashMap<>();

  /** Another look-up begins. */
  void reset() {
    byServer.clear();
  }

  /** In a few words, server by server; empty if none was asked. */
  String words() {
    return byServer.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  @Override
  public DnsQueryLifecycleObserver newDnsQueryLifecycleObserver(DnsQuestion question) {
    return new Query();
  }

  /** A question to one server, or to one after another. */
  private final class Query implements DnsQueryLifecycleObserver {
    private String server = "";

    @Override
    public void queryWritten(InetSocketAddress to, ChannelFuture future) {
      server = NetUtil.toAddressString(to.getAddress());
      byServer.putIfAbsent(server, PENDING);
    }

    @Override
    public void queryCancelled(int queriesRemaining) {
      // Nobody waits for it any more.
    }

    @Override
    public DnsQueryLifecycleObserver queryRedirected(List<InetSocketAddress> nameServers) {
      return this;
    }

    @Override
    public DnsQueryLifecycleObserver queryCNAMEd(DnsQuestion question) {
      return this;
    }

    @Override
    public DnsQueryLifecycleObserver queryNoAnswer(DnsResponseCode code) {
      said(code);
      return this;
    }

    @Override
    public void queryFailed(Throwable cause) {
      switch (cause) {
        case DnsErrorCauseException error -> said(error.getCode());
        case DnsNameResolverTimeoutException _ -> note("does not answer");
        case DnsNameResolverException _ -> note("cannot be asked");
        // That all servers have been asked says less than what they answered.
        default -> {
          if (String.valueOf(cause.getMessage()).contains(NXDOMAIN)) {
            said(DnsResponseCode.NXDOMAIN);
          } else if (PENDING.equals(byServer.get(server))) {
            said(DnsResponseCode.NOERROR);
          }
        }
      }
    }

    @Override
    public void querySucceed() {
      note("answers");
    }

    private void said(DnsResponseCode code) {
      note(
          code.equals(DnsResponseCode.NOERROR)
              ? "knows no address of it"
              : "says " + code.toString().replaceAll("\\(.*", "").toUpperCase(Locale.ROOT));
    }

    private void note(String outcome) {
      if (!server.isEmpty()) {
        byServer.put(server, outcome);
      }
    }
  }
}
