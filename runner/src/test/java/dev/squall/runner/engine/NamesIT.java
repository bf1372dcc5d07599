package dev.squall.runner.engine;

import static dev.squall.runner.engine.ScriptedDns.addresses;
import static dev.squall.runner.engine.ScriptedDns.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.engine.names.NameSettings;
import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.ConnectionStep;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import io.netty.handler.codec.dns.DnsResponseCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the target's name is found, against a name server on loopback. */
@Timeout(180)
class NamesIT {
  private static final String NAME = "heart-disease.models.svc.cluster.local.";
  private static final List<String> POD =
      List.of("models.svc.cluster.local", "svc.cluster.local", "cluster.local");

  @TempDir private Path folder;

  private Path hosts(String text) throws IOException {
    return Files.writeString(folder.resolve("hosts"), text);
  }

  private NameSettings asking(ScriptedDns... servers) throws IOException {
    return NameSettings.of(
        List.of(servers).stream().map(ScriptedDns::address).toList(), hosts("127.0.0.9 other\n"));
  }

  private static EngineOptions options(NameSettings names) {
    return TestedOptions.ofEnvironment()
        .withEventLoops(1)
        .withNames(names)
        .withConnectTimeout(Duration.ofSeconds(60));
  }

  private static Merged run(String host, int port, NameSettings names) throws Exception {
    return EngineIT.run(
        Workloads.to(new Endpoint(false, host, port, ""))
            .users(4)
            .requests(40)
            .timeout(Duration.ofSeconds(60))
            .get("/")
            .build(),
        Share.whole(),
        options(names));
  }

  /** A single request, which fails. */
  private static Merged once(NameSettings names) throws Exception {
    return EngineIT.run(
        Workloads.to(new Endpoint(false, NAME, 80, ""))
            .requests(1)
            .timeout(Duration.ofSeconds(60))
            .get("/")
            .build(),
        Share.whole(),
        options(names));
  }

  private static FailureCount only(Merged merged) {
    assertThat(merged.failures()).hasSize(1);
    return merged.failures().getFirst();
  }

  /** A target on all addresses of this machine. */
  static ScriptedServer everywhere(ScriptedServer.Script script) throws IOException {
    return new ScriptedServer(script, new Anywhere(), true);
  }

  @Test
  void aServicesNameIsAskedForOnceAsItIsAndTheTargetSeesNoDot() throws Exception {
    try (ScriptedDns dns = new ScriptedDns(_ -> addresses(30, "127.0.0.1"));
        ScriptedServer server = new ScriptedServer((request, c) -> c.okAndClose("x"))) {
      Merged merged = run(NAME, server.port(), asking(dns).searching(5, POD));
      assertThat(merged.failures()).isEmpty();
      assertThat(dns.asked()).allSatisfy(asked -> assertThat(asked.name()).isEqualTo(NAME));
      assertThat(dns.asked().stream().filter(asked -> !asked.ipv6())).hasSize(1);
      assertThat(merged.connections().times(ConnectionStep.RESOLVE).count()).isEqualTo(1);
      assertThat(server.received())
          .allSatisfy(
              request ->
                  assertThat(request.headers().get("host"))
                      .isEqualTo("heart-disease.models.svc.cluster.local:" + server.port()));
    }
  }

  @Test
  void aNameWithFewDotsIsTriedInThePodsSearchDomains() throws Exception {
    try (ScriptedDns dns =
            new ScriptedDns(
                asked ->
                    asked.name().equals(NAME)
                        ? addresses(30, "127.0.0.1")
                        : error(DnsResponseCode.NXDOMAIN));
        ScriptedServer server = new ScriptedServer((request, c) -> c.ok("x"))) {
      Merged merged = run("heart-disease.models.svc", server.port(), asking(dns).searching(5, POD));
      assertThat(merged.failures()).isEmpty();
      assertThat(dns.asked().stream().filter(asked -> !asked.ipv6()).map(ScriptedDns.Asked::name))
          .containsExactly(
              "heart-disease.models.svc.models.svc.cluster.local.",
              "heart-disease.models.svc.svc.cluster.local.",
              NAME);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"known", "known.", "KNOWN"})
  void theHostsFileComesFirstAndNeedsNoNameServer(String name) throws Exception {
    try (ScriptedServer server = everywhere((request, c) -> c.okAndClose("x"))) {
      NameSettings names =
          NameSettings.of(List.of(), hosts("127.0.0.1 other\n127.0.0.2 known # here\n"));
      ConnectionCounts counts = run(name, server.port(), names).connections();
      assertThat(counts.addresses())
          .extracting("address")
          .containsExactly("127.0.0.2:" + server.port());
    }
  }

  @Test
  void localhostNeedsNothing() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("x"))) {
      NameSettings names = NameSettings.of(List.of(), folder.resolve("none"));
      assertThat(run("localhost", server.port(), names).failures()).isEmpty();
    }
  }

  @Test
  void anAnswerThatDoesNotFitIsAskedForOverTcp() throws Exception {
    String[] many = new String[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = "127.0.1." + (i + 1);
    }
    try (ScriptedDns dns =
            new ScriptedDns(
                asked -> asked.tcp() ? addresses(30, many) : new ScriptedDns.Answer.TooLong());
        ScriptedServer server = everywhere((request, c) -> c.okAndClose("x"))) {
      Workload load =
          Workloads.to(new Endpoint(false, NAME, server.port(), ""))
              .users(100)
              .requests(100)
              .timeout(Duration.ofSeconds(60))
              .get("/")
              .build();
      Merged merged = EngineIT.run(load, Share.whole(), options(asking(dns)));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.connections().addresses())
          .hasSize(100)
          .allMatch(each -> each.requests() == 1);
    }
  }

  @Test
  void anAliasIsFollowedAndItsTimeToLiveCounts() throws Exception {
    Again.slower(Duration.ofMillis(2_500), this::followsAnAlias);
  }

  private void followsAnAlias(Duration length) throws Exception {
    try (ScriptedDns dns =
            new ScriptedDns(
                _ ->
                    new ScriptedDns.Answer.Alias(
                        1,
                        "real.example.",
                        new ScriptedDns.Answer.Addresses(3_600, List.of("127.0.0.1"))));
        ScriptedServer server = new ScriptedServer((request, c) -> c.ok("x"))) {
      Workload load =
          Workloads.to(new Endpoint(false, NAME, server.port(), ""))
              .lasting(length)
              .timeout(Duration.ofSeconds(60))
              .get("/")
              .build();
      Merged merged = EngineIT.run(load, Share.whole(), options(asking(dns)));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.connections().times(ConnectionStep.RESOLVE).count())
          .isBetween(2L, 2 + length.toSeconds());
    }
  }

  @Test
  void whereThereAreOnlyIpv6AddressesTheyAreUsed() throws Exception {
    try (ScriptedDns dns = new ScriptedDns(_ -> addresses(30, "::1"));
        ScriptedServer server = everywhere((request, c) -> c.ok("x"))) {
      ConnectionCounts counts = run(NAME, server.port(), asking(dns)).connections();
      assertThat(counts.addresses())
          .extracting("address")
          .containsExactly("[::1]:" + server.port());
    }
  }

  @Test
  void whenTheTimeToLiveHasPassedNewConnectionsGoToNewAddresses() throws Exception {
    Again.slower(Duration.ofSeconds(3), this::goToNewAddresses);
  }

  private void goToNewAddresses(Duration length) throws Exception {
    Set<String> closing = ConcurrentHashMap.newKeySet();
    try (ScriptedDns dns =
            new ScriptedDns(asked -> addresses(1, asked.number() < 2 ? "127.0.0.1" : "127.0.0.2"));
        ScriptedServer server =
            everywhere(
                (request, c) -> {
                  if (request.user().equals("0")) {
                    c.ok("kept");
                  } else {
                    closing.add(address(c.socket));
                    c.okAndClose("x");
                  }
                })) {
      Workload load =
          Workloads.to(new Endpoint(false, NAME, server.port(), ""))
              .users(2)
              .lasting(length)
              .timeout(Duration.ofSeconds(60))
              .get("/")
              .build();
      Merged merged =
          EngineIT.run(load, Share.whole(), options(asking(dns)).withTraceHeaders(true));
      assertThat(merged.failures()).isEmpty();
      assertThat(closing).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
      // The first user's connection to the address that is gone stays: it works.
      assertThat(
              server.received().stream()
                  .filter(r -> r.user().equals("0"))
                  .map(r -> r.connection())
                  .distinct())
          .hasSize(1);
    }
  }

  private static String address(Socket socket) {
    return socket.getLocalAddress().getHostAddress();
  }

  @ParameterizedTest
  @CsvSource({"NXDOMAIN, 3", "SERVFAIL, 2", "REFUSED, 5"})
  void anErrorOfTheNameServersIsAFailureThatNamesHostServerAndError(String name, int code)
      throws Exception {
    try (ScriptedDns dns = new ScriptedDns(_ -> error(DnsResponseCode.valueOf(code)))) {
      Merged merged = once(asking(dns));
      assertThat(only(merged).kind()).isEqualTo(FailureKind.RESOLVE);
      assertThat(only(merged).reason())
          .isEqualTo("no address of %s: 127.0.0.1 says %s".formatted(NAME, name));
      assertThat(merged.connections().failures(ConnectionStep.RESOLVE)).isPositive();
      assertThat(merged.connections().has(ConnectionStep.CONNECT)).isFalse();
    }
  }

  @Test
  void aNameWithoutAddressesIsAFailure() throws Exception {
    try (ScriptedDns dns = new ScriptedDns(_ -> addresses(30))) {
      assertThat(only(once(asking(dns))).reason())
          .isEqualTo("no address of %s: 127.0.0.1 knows no address of it".formatted(NAME));
    }
  }

  @Test
  void aNameServerThatDoesNotAnswerIsAFailureThatSaysSo() throws Exception {
    try (ScriptedDns dns = new ScriptedDns(_ -> new ScriptedDns.Answer.Silence())) {
      Merged merged = once(asking(dns).within(Duration.ofMillis(100)));
      assertThat(only(merged).kind()).isEqualTo(FailureKind.RESOLVE);
      assertThat(only(merged).reason())
          .isEqualTo("no address of %s: 127.0.0.1 does not answer".formatted(NAME));
    }
  }

  @Test
  void aQuestionThatIsLostIsAskedAgain() throws Exception {
    try (ScriptedDns dns =
            new ScriptedDns(
                asked ->
                    asked.number() < 2
                        ? new ScriptedDns.Answer.Silence()
                        : addresses(30, "127.0.0.1"));
        ScriptedServer server = new ScriptedServer((request, c) -> c.ok("x"))) {
      NameSettings names = asking(dns).within(Duration.ofSeconds(1));
      assertThat(run(NAME, server.port(), names).failures()).isEmpty();
    }
  }

  @Test
  void theNextServerIsAskedWhereTheFirstFails() throws Exception {
    try (ScriptedDns first = new ScriptedDns(_ -> error(DnsResponseCode.SERVFAIL));
        ScriptedDns second = new ScriptedDns(_ -> addresses(30, "127.0.0.1"));
        ScriptedServer server = new ScriptedServer((request, c) -> c.ok("x"))) {
      assertThat(run(NAME, server.port(), asking(first, second)).failures()).isEmpty();
    }
  }

  @Test
  void withoutAnyNameServerTheFailureSaysThat() throws Exception {
    Merged merged = once(NameSettings.of(List.of(), hosts("")));
    assertThat(only(merged).reason())
        .isEqualTo(
            "no address of %s: the hosts file does not know it, and there is no name server"
                .formatted(NAME));
  }

  @Test
  void anAddressThatWasFoundStaysInUseWhenTheNameServerFails() throws Exception {
    Again.slower(Duration.ofMillis(1_800), this::staysInUse);
  }

  private void staysInUse(Duration length) throws Exception {
    try (ScriptedDns dns =
            new ScriptedDns(
                asked ->
                    asked.number() < 2
                        ? addresses(1, "127.0.0.1")
                        : error(DnsResponseCode.SERVFAIL));
        ScriptedServer server = new ScriptedServer((request, c) -> c.okAndClose("x"))) {
      Workload load =
          Workloads.to(new Endpoint(false, NAME, server.port(), ""))
              .lasting(length)
              .timeout(Duration.ofSeconds(60))
              .get("/")
              .build();
      Merged merged = EngineIT.run(load, Share.whole(), options(asking(dns)));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.connections().failures(ConnectionStep.RESOLVE)).isPositive();
    }
  }

  @Test
  void aNameThatNoServerCanBeAskedForSaysWhatIsWrongWithIt() throws Exception {
    String label = "a".repeat(64);
    try (ScriptedDns dns = new ScriptedDns(_ -> addresses(30, "127.0.0.1"))) {
      FailureCount failure = only(run(label + ".example.", 80, asking(dns)));
      assertThat(failure.kind()).isEqualTo(FailureKind.RESOLVE);
      assertThat(failure.reason())
          .startsWith("no address of " + label + ".example.: ")
          .doesNotEndWith(": ")
          .doesNotContain("no answer in time");
      assertThat(dns.asked()).isEmpty();
    }
  }

  @Test
  void aNameThatIsNotFoundKeepsNoEventLoop() throws Exception {
    Again.ifSpoiled(this::keepsNoEventLoop);
  }

  private void keepsNoEventLoop() throws Exception {
    try (ScriptedDns dns = new ScriptedDns(_ -> new ScriptedDns.Answer.Silence());
        Canary canary = new Canary();
        Engine engine =
            Engine.create(
                Workloads.to(new Endpoint(false, NAME, 80, ""))
                    .requests(1)
                    .timeout(Duration.ofSeconds(60))
                    .get("/")
                    .build(),
                Share.whole(),
                options(asking(dns).within(Duration.ofSeconds(1))))) {
      engine.start(System.nanoTime());
      engine.completion().get(60, TimeUnit.SECONDS);
      // The name servers took two seconds; the event loop was never late by one of these.
      assertThat(engine.lag().maxNanos()).isLessThan(500_000_000 + canary.worstNanos());
    }
  }

  /** Listens on the wildcard address, whatever is asked for. */
  private static final class Anywhere extends ServerSocketFactory {
    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return createServerSocket(port, 0);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      ServerSocket socket = new ServerSocket();
      socket.bind(new InetSocketAddress(port), backlog);
      return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      return createServerSocket(port, backlog);
    }
  }
}
