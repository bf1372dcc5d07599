package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.ConnectionSettings.Spread;
import dev.squall.runner.engine.names.NameSettings;
import dev.squall.runner.recording.AddressCount;
import dev.squall.runner.recording.Merged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a name's four addresses connections go to, beside the target's own counts. */
@Timeout(180)
class SpreadIT {
  private static final String NAME = "models.example.";
  private static final int USERS = 8;
  private static final int REQUESTS = 12;

  /** Not in their order: only {@link Spread#FIRST} goes by the answer's. */
  private static final String[] ANSWER = {"127.0.0.3", "127.0.0.1", "127.0.0.4", "127.0.0.2"};

  private static final List<String> SORTED = Stream.of(ANSWER).sorted().toList();

  private final Map<String, AtomicLong> served = new ConcurrentHashMap<>();
  private final Map<Integer, Set<String>> ofUser = new ConcurrentHashMap<>();
  private ScriptedDns dns;
  private ScriptedServer server;
  private volatile boolean closes;

  @BeforeEach
  void start() throws Exception {
    dns = new ScriptedDns(_ -> ScriptedDns.addresses(30, ANSWER));
    server =
        NamesIT.everywhere(
            (request, c) -> {
              String address = c.socket.getLocalAddress().getHostAddress();
              served.computeIfAbsent(address, _ -> new AtomicLong()).incrementAndGet();
              ofUser
                  .computeIfAbsent(
                      Integer.parseInt(request.user()), _ -> ConcurrentHashMap.newKeySet())
                  .add(address);
              if (closes) {
                c.okAndClose("x");
              } else {
                c.ok("x");
              }
            });
  }

  @AfterEach
  void end() throws Exception {
    server.close();
    dns.close();
  }

  /** Requests and connections by address, as the runners count them. */
  private Map<String, AddressCount> run(ConnectionSettings connections, int runners)
      throws Exception {
    Workload workload =
        Workloads.to(new Endpoint(false, NAME, server.port(), "").withConnections(connections))
            .users(USERS)
            .requests(USERS * REQUESTS)
            .timeout(Duration.ofSeconds(30))
            .get("/")
            .build();
    EngineOptions options =
        TestedOptions.ofEnvironment()
            .withEventLoops(2)
            .withTraceHeaders(true)
            .withNames(NameSettings.of(List.of(dns.address()), Path.of("/dev/null")));
    Merged merged = new Merged();
    for (int i = 0; i < runners; i++) {
      try (Engine engine = Engine.create(workload, new Share(i, runners), options)) {
        engine.open().get(20, TimeUnit.SECONDS);
        engine.start(System.nanoTime());
        engine.completion().get(20, TimeUnit.SECONDS);
        merged.add(engine.cut(0));
      }
    }
    assertThat(merged.failures()).isEmpty();
    String suffix = ":" + server.port();
    Map<String, AddressCount> counts =
        merged.connections().addresses().stream()
            .collect(Collectors.toMap(each -> each.address().replace(suffix, ""), each -> each));
    Map<String, Long> counted =
        counts.values().stream()
            .collect(
                Collectors.toMap(
                    each -> each.address().replace(suffix, ""), AddressCount::requests));
    Map<String, Long> its =
        served.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().get()));
    assertThat(counted).isEqualTo(its);
    return counts;
  }

  private static ConnectionSettings perUser(Spread spread) {
    return ConnectionSettings.perUser().spread(spread);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "3, false", "1, true", "3, true"})
  void inTurnEachAddressGetsTheSameHoweverManyRunnersThereAre(int runners, boolean closing)
      throws Exception {
    closes = closing;
    Map<String, AddressCount> counts = run(perUser(Spread.ROUND_ROBIN), runners);
    assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(SORTED);
    int share = USERS / ANSWER.length;
    assertThat(counts.values())
        .allSatisfy(
            count -> {
              assertThat(count.requests()).isEqualTo((long) share * REQUESTS);
              assertThat(count.connections()).isEqualTo(closing ? share * REQUESTS : share);
            });
    // Whom a target closes on goes round; whoever is kept stays.
    assertThat(ofUser.values()).allMatch(its -> its.size() == (closing ? ANSWER.length : 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aUserThatSticksToItsAddressIsThereWithEachConnection(int runners) throws Exception {
    closes = true;
    Map<String, AddressCount> counts = run(perUser(Spread.STICKY), runners);
    ofUser.forEach(
        (user, its) -> assertThat(its).containsExactly(SORTED.get(user % SORTED.size())));
    assertThat(counts.values()).hasSize(ANSWER.length).allMatch(each -> each.connections() == 24);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFirstIsTheFirstOfTheAnswer(boolean shared) throws Exception {
    closes = true;
    ConnectionSettings settings =
        shared ? ConnectionSettings.shared(4).spread(Spread.FIRST) : perUser(Spread.FIRST);
    assertThat(run(settings, 1).keySet()).containsExactly(ANSWER[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aPoolsConnectionsAreSpreadOverRunnersAndEventLoopsToo(int runners) throws Exception {
    Map<String, AddressCount> counts = run(ConnectionSettings.shared(16).opened(16, 1e6), runners);
    assertThat(counts.values()).allMatch(each -> each.connections() == 4);
  }
}
