package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.squall.api.v1alpha1.ConnectionMode;
import dev.squall.api.v1alpha1.ConnectionSpread;
import dev.squall.api.v1alpha1.Connections;
import dev.squall.runner.engine.ConnectionSettings;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
  @Test
  void absentMeansAConnectionForEachUserWithoutLimits() {
    assertThat(ConnectionLimits.compile(null, 3)).isEqualTo(ConnectionSettings.perUser());
  }

  @Test
  void aPoolAndItsTimesAreCompiled() {
    Connections connections =
        new Connections(
            ConnectionMode.Shared, 10, "5m", "1m30s", 8, 50.0, 30, ConnectionSpread.First);
    assertThat(ConnectionLimits.compile(connections, 10))
        .isEqualTo(
            new ConnectionSettings(
                new ConnectionSettings.Pool(10, 8, 50, 30),
                OptionalLong.of(300_000_000_000L),
                OptionalLong.of(90_000_000_000L),
                ConnectionSettings.Spread.FIRST));
  }

  @Test
  void aPoolTooSmallForTheRunnersNamesTheFieldAndTheFix() {
    Connections connections =
        new Connections(
            ConnectionMode.Shared, 2, null, null, null, null, null, ConnectionSpread.RoundRobin);
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> ConnectionLimits.compile(connections, 3))
        .withMessageContaining("spec.target.connections.max")
        .withMessageContaining("3 runners")
        .withMessageContaining("raise it");
  }
}
