package dev.squall.runner.engine.names;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds a name's addresses, and finds them again whenever what was found may not be used any
 * longer: in the hosts file or, if that does not know the name, from the name servers. On an event
 * loop of its own, so that it costs those that send no time, and is not late when they are.
 */
public final class NameWatch implements AutoCloseable {
  /** The hosts file says nothing about how long it holds. */
  private static final long HOSTS_SECONDS = 30;

  /** Whatever a server says: not more often than this, and not more rarely. */
  private static final long LEAST_SECONDS = 1;

  private static final long MOST_SECONDS = 3_600;

  /** After a failure: soon while there is nothing to go on with. */
  private static final long RETRY_SECONDS = 1;

  private static final long RETRY_KNOWN_SECONDS = 5;
  private static final long SHUTDOWN_MILLIS = 1_000;
  private static final String LOCALHOST = "localhost";

  private final String name;
  private final NameSettings settings;
  private final Listener listener;
  private final EventLoop eventLoop =
      new SingleThreadIoEventLoop(null, NameWatch::thread, NioIoHandler.newFactory());
  private @Nullable NameServers servers;
  private boolean known;

  /** Who hears of it, on the watch's own thread. */
  public interface Listener {
    /**
     * The name has these addresses.
     *
     * @param addresses one at least, all of one family, in the order of the answer
     * @param nanos how long it took to find them
     */
    void found(List<InetAddress> addresses, long nanos);

    /**
     * No address was found; it is looked for again.
     *
     * @param reason in a few words, naming the servers
     */
    void failed(String reason);
  }

  /** Begins at once. */
  public NameWatch(String name, NameSettings settings, Listener listener) {
    this.name = name;
    this.settings = settings;
    this.listener = listener;
    eventLoop.execute(this::look);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new FastThreadLocalThread(task, "squall-resolver");
    thread.setDaemon(true);
    return thread;
  }

  private void look() {
    long began = System.nanoTime();
    try {
      find(began);
    } catch (RuntimeException e) {
      // The loop would keep it to itself, and nobody would look again.
      took(Found.NOTHING, "the look-up failed: " + e, began);
    }
  }

  private void find(long began) {
    Optional<Found> here = fromHosts();
    if (here.isPresent()) {
      took(here.get(), "", began);
    } else if (settings.servers().isEmpty()) {
      took(Found.NOTHING, "the hosts file does not know it, and there is no name server", began);
    } else {
      if (servers == null) {
        servers = new NameServers(eventLoop, settings);
      }
      servers.lookUp(name, (found, reason) -> took(found, reason, began));
    }
  }

  private void took(Found found, String reason, long began) {
    long next;
    if (found.addresses().isEmpty()) {
      listener.failed(reason);
      next = known ? RETRY_KNOWN_SECONDS : RETRY_SECONDS;
    } else {
      known = true;
      listener.found(found.addresses(), System.nanoTime() - began);
      next = Math.clamp(found.seconds(), LEAST_SECONDS, MOST_SECONDS);
    }
    if (!eventLoop.isShuttingDown()) {
      var _ = eventLoop.schedule(this::look, next, TimeUnit.SECONDS);
    }
  }

  private Optional<Found> fromHosts() {
    // The hosts file knows no dot at the end.
    String plain = (name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    String key = plain.toLowerCase(Locale.ROOT);
    List<InetAddress> addresses = new ArrayList<>();
    try {
      HostsFileEntriesProvider entries =
          HostsFileEntriesProvider.parser()
              .parse(settings.hosts().toFile(), StandardCharsets.UTF_8);
      addresses.addAll(entries.ipv4Entries().getOrDefault(key, List.of()));
      addresses.addAll(entries.ipv6Entries().getOrDefault(key, List.of()));
    } catch (IOException _) {
      // Without one it is the name servers' to say.
    }
    if (addresses.isEmpty() && key.equals(LOCALHOST)) {
      addresses.add(NetUtil.LOCALHOST4);
    }
    return addresses.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(addresses, HOSTS_SECONDS));
  }

  /** Whom it asks, as text. */
  public static String asked(NameSettings settings) {
    return settings.servers().stream()
        .map(server -> NetUtil.toAddressString(server.getAddress()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    eventLoop.execute(
        () -> {
          if (servers != null) {
            servers.close();
          }
        });
    var _ = eventLoop.shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
  }
}
