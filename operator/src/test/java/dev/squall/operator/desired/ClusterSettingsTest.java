package dev.squall.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
  private static ClusterSettings settings(int runnerCpus) {
    return new ClusterSettings(
        "squall-runner:dev",
        "IfNotPresent",
        List.of(),
        runnerCpus,
        "cluster.local",
        "squall-system",
        List.of("monitoring"));
  }

  @Test
  void aRunnersRequestsEqualItsLimitsInWholeCpus() {
    assertThat(settings(3).runnerResources().limits())
        .isEqualTo(Map.of("cpu", "3", "memory", "512Mi"))
        .isEqualTo(settings(3).runnerResources().requests());
  }

  @Test
  void whereNoWholeCpuIsToBeHadThereIsNoLimitThatThrottles() {
    assertThat(settings(0).runnerResources().limits()).doesNotContainKey("cpu");
    assertThat(settings(0).runnerResources().requests()).containsEntry("cpu", "100m");
  }

  @Test
  void aWrongNumberOfCpusNamesItsVariable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(-1))
        .withMessageContaining("SQUALL_RUNNER_CPUS is -1");
  }
}
