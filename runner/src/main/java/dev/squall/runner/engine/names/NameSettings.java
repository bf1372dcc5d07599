package dev.squall.runner.engine.names;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How names are found, as {@code resolv.conf(5)} says it.
 *
 * @param servers the name servers, asked in this order; without any only the hosts file is used
 * @param search domains that a name with fewer than {@code ndots} dots is tried in first, and any
 *     other afterwards; a name that ends with a dot never is
 * @param ndots see {@code search}
 * @param timeout how long a server may take for an answer
 * @param attempts how often each server is asked
 * @param hosts the hosts file, which comes before the servers
 */
public record NameSettings(
    List<InetSocketAddress> servers,
    List<String> search,
    int ndots,
    Duration timeout,
    int attempts,
    Path hosts) {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final Path HOSTS = Path.of("/etc/hosts");
  private static final int PORT = 53;
  private static final int MOST_SERVERS = 3;

  /** What the C library begins with, and the most that it takes. */
  private static final int NDOTS = 1;

  private static final int MOST_NDOTS = 15;
  private static final int TIMEOUT = 5;
  private static final int MOST_TIMEOUT = 30;
  private static final int ATTEMPTS = 2;
  private static final int MOST_ATTEMPTS = 5;

  /** Copies the lists and checks the numbers. */
  public NameSettings {
    servers = List.copyOf(servers);
    search = List.copyOf(search);
    if (ndots < 0 || !timeout.isPositive() || attempts < 1) {
      throw new IllegalArgumentException(
          "names need ndots from 0, a timeout above 0 and 1 attempt or more");
    }
  }

  /** This machine's, or this pod's. */
  public static NameSettings ofMachine() {
    String text;
    try {
      text = Files.readString(RESOLV_CONF, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      text = "";
    }
    return parse(text, HOSTS);
  }

  /** These servers, each asked as often and for as long as is usual, and nothing else. */
  public static NameSettings of(List<InetSocketAddress> servers, Path hosts) {
    return new NameSettings(
        servers, List.of(), NDOTS, Duration.ofSeconds(TIMEOUT), ATTEMPTS, hosts);
  }

  /** With a search list. */
  public NameSettings searching(int dots, List<String> domains) {
    return new NameSettings(servers, domains, dots, timeout, attempts, hosts);
  }

  /** With another limit for each answer. */
  public NameSettings within(Duration limit) {
    return new NameSettings(servers, search, ndots, limit, attempts, hosts);
  }

  /**
   * Reads a {@code resolv.conf}. As the C library does, it skips what it does not understand, and
   * of several search lists the last one counts.
   */
  static NameSettings parse(String text, Path hosts) {
    List<InetSocketAddress> servers = new ArrayList<>();
    List<String> search = List.of();
    int ndots = NDOTS;
    int timeout = TIMEOUT;
    int attempts = ATTEMPTS;
    for (String line : text.lines().toList()) {
      String[] words = line.strip().split("\\s+");
      List<String> rest = List.of(words).subList(1, words.length);
      switch (words[0]) {
        case "nameserver" ->
            rest.stream()
                .limit(MOST_SERVERS - servers.size())
                .limit(1)
                .flatMap(word -> address(word).stream())
                .forEach(servers::add);
        case "search", "domain" -> search = rest;
        case "options" -> {
          for (String option : rest) {
            ndots = number(option, "ndots:", MOST_NDOTS, ndots);
            timeout = Math.max(1, number(option, "timeout:", MOST_TIMEOUT, timeout));
            attempts = Math.max(1, number(option, "attempts:", MOST_ATTEMPTS, attempts));
          }
        }
        default -> {}
      }
    }
    return new NameSettings(servers, search, ndots, Duration.ofSeconds(timeout), attempts, hosts);
  }

  private static Optional<InetSocketAddress> address(String word) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(word);
    try {
      return bytes == null
          ? Optional.empty()
          : Optional.of(new InetSocketAddress(InetAddress.getByAddress(bytes), PORT));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }

  private static int number(String option, String key, int most, int otherwise) {
    if (!option.startsWith(key)) {
      return otherwise;
    }
    try {
      return Math.clamp(Long.parseLong(option.substring(key.length())), 0, most);
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }
}
