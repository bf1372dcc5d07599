package dev.squall.runner.engine.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameSettingsTest {
  private static final Path HOSTS = Path.of("/etc/hosts");

  private static NameSettings parse(String text) {
    return NameSettings.parse(text, HOSTS);
  }

  @Test
  void aPodsFileIsReadWhole() {
    NameSettings pod =
        parse(
            """
            search models.svc.cluster.local svc.cluster.local cluster.local
            nameserver 10.96.0.10
            options ndots:5 timeout:2 attempts:3
            """);
    assertThat(pod)
        .isEqualTo(
            new NameSettings(
                List.of(new InetSocketAddress("10.96.0.10", 53)),
                List.of("models.svc.cluster.local", "svc.cluster.local", "cluster.local"),
                5,
                Duration.ofSeconds(2),
                3,
                HOSTS));
  }

  @Test
  void nothingIsWhatTheCLibraryBeginsWith() {
    NameSettings empty = parse("");
    assertThat(empty.servers()).isEmpty();
    assertThat(empty.search()).isEmpty();
    assertThat(empty.ndots()).isEqualTo(1);
    assertThat(empty.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(empty.attempts()).isEqualTo(2);
  }

  @Test
  void whatIsNotUnderstoodIsSkippedAndLimitsHold() {
    NameSettings odd =
        parse(
            """
            # a comment
            ; another
            nameserver not-an-address
            nameserver fd00::10 # v6
            nameserver 10.0.0.1
            nameserver 10.0.0.2
            nameserver 10.0.0.3
            sortlist 10.0.0.0
            domain first.example
            search second.example
            options rotate ndots:99 timeout:x attempts:0 edns0
            """);
    assertThat(odd.servers())
        .extracting(InetSocketAddress::getHostString)
        .containsExactly("fd00:0:0:0:0:0:0:10", "10.0.0.1", "10.0.0.2");
    assertThat(odd.search()).containsExactly("second.example");
    assertThat(odd.ndots()).isEqualTo(15);
    assertThat(odd.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(odd.attempts()).isEqualTo(1);
  }
}
