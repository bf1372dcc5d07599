package dev.squall.runner.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.vitals.CpuCgroup.Throttling;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuCgroupIT {
  private static final String GROUPS_1 =
      "9:name=systemd:/kubepods/pod7/c1\n4:memory:/kubepods/pod7/c1\n1:cpu:/kubepods/pod7/c1\n0::/\n";

  @TempDir private Path root;

  private Kernel kernel(String groups, String mounts) {
    return new Kernel(root).file("proc/self/cgroup", groups).file("proc/self/mountinfo", mounts);
  }

  @Test
  void aContainerOfVersion1SeesItsOwnGroupAtTheMount() {
    Kernel kernel =
        kernel(GROUPS_1, Kernel.MOUNTS_1)
            .file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n")
            .file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n")
            .file("sys/fs/cgroup/cpu/cpu.stat", Kernel.STAT_1);
    CpuCgroup cgroup = CpuCgroup.of(kernel.files());
    assertThat(cgroup.limitCpus()).hasValue(0.5);
    assertThat(cgroup.throttling()).hasValue(new Throttling(57, 41, 2_613_044_019L));
  }

  @Test
  void aProcessOfVersion1OnTheMachineFindsItsGroupAndThoseAbove() {
    Kernel kernel =
        kernel(GROUPS_1, Kernel.MOUNTS_1_MACHINE)
            .file("sys/fs/cgroup/cpu/kubepods/pod7/c1/cpu.cfs_quota_us", "-1\n")
            .file("sys/fs/cgroup/cpu/kubepods/pod7/c1/cpu.cfs_period_us", "100000\n")
            .file("sys/fs/cgroup/cpu/kubepods/pod7/cpu.cfs_quota_us", "150000\n")
            .file("sys/fs/cgroup/cpu/kubepods/pod7/cpu.cfs_period_us", "100000\n")
            .file("sys/fs/cgroup/cpu/kubepods/pod7/cpu.stat", Kernel.STAT_1);
    CpuCgroup cgroup = CpuCgroup.of(kernel.files());
    assertThat(cgroup.limitCpus()).hasValue(1.5);
    assertThat(cgroup.throttling()).hasValue(new Throttling(57, 41, 2_613_044_019L));
  }

  @Test
  void theTimesForWhichGroupsAroundOneAnotherWereStoppedAddUp() {
    String pod = "sys/fs/cgroup/cpu/kubepods/pod7/";
    // As the kernel told of a pod of one container, both limited to half a CPU.
    Kernel kernel =
        kernel(GROUPS_1, Kernel.MOUNTS_1_MACHINE)
            .file(
                pod + "cpu.stat", "nr_periods 240\nnr_throttled 232\nthrottled_time 11256172976\n")
            .file(
                pod + "c1/cpu.stat",
                "nr_periods 237\nnr_throttled 230\nthrottled_time 10113927101\n");
    assertThat(CpuCgroup.of(kernel.files()).throttling())
        .hasValue(new Throttling(240, 232, 21_370_100_077L));
  }

  @Test
  void aContainerOfVersion2SeesItsOwnGroupAtTheMount() {
    Kernel kernel =
        kernel("0::/\n", Kernel.MOUNTS_2)
            .file("sys/fs/cgroup/cpu.max", "50000 100000\n")
            .file("sys/fs/cgroup/cpu.stat", Kernel.STAT_2)
            .file("sys/fs/cgroup/cpu.pressure", Kernel.PRESSURE);
    CpuCgroup cgroup = CpuCgroup.of(kernel.files());
    assertThat(cgroup.limitCpus()).hasValue(0.5);
    assertThat(cgroup.throttling()).hasValue(new Throttling(213, 187, 9_314_406_000L));
    assertThat(cgroup.pressureNanos()).hasValue(6_662_577_115_000L);
  }

  @Test
  void aGroupAboveTheNamespaceIsNotSeen() {
    Kernel kernel =
        kernel("0::/../../other\n", Kernel.MOUNTS_2).file("sys/fs/cgroup/cpu.max", "max 100000\n");
    assertThat(CpuCgroup.of(kernel.files()).folders()).containsExactly("sys/fs/cgroup");
    assertThat(CpuCgroup.of(kernel.files()).limitCpus()).isEmpty();
  }

  @Test
  void withoutGroupsNothingIsAvailable() {
    CpuCgroup cgroup = CpuCgroup.of(new KernelFiles(root));
    assertThat(cgroup.limitCpus()).isEmpty();
    assertThat(cgroup.throttling()).isEmpty();
    assertThat(cgroup.pressureNanos()).isEmpty();
  }

  @Test
  void theMachinesRootGroupTellsNothingOfLimits() {
    // Version 2's root group has no limit, and its cpu.stat no periods.
    Kernel kernel =
        kernel("0::/\n", Kernel.MOUNTS_2)
            .file("sys/fs/cgroup/cpu.stat", "usage_usec 8561437\nuser_usec 6413283\n");
    assertThat(CpuCgroup.of(kernel.files()).throttling()).isEmpty();
  }

  @Test
  void anEventLoopForEachWholeCpuAndOneLeftFromFourOn() {
    // Without a limit it is the processors that count: a cpuset's, or the machine's.
    assertThat(Machine.of(new KernelFiles(root), 2).eventLoops()).isEqualTo(2);
    assertThat(Machine.of(new KernelFiles(root), 4).eventLoops()).isEqualTo(3);
    assertThat(new Machine(8, 500L, "tsc").eventLoops()).isEqualTo(1);
    assertThat(new Machine(8, 1_500L, "tsc").eventLoops()).isEqualTo(1);
    assertThat(new Machine(8, 2_000L, "tsc").eventLoops()).isEqualTo(2);
    assertThat(new Machine(8, 2_900L, "tsc").eventLoops()).isEqualTo(2);
    assertThat(new Machine(8, 6_000L, "tsc").eventLoops()).isEqualTo(5);
    assertThat(new Machine(1, 6_000L, "tsc").eventLoops()).isEqualTo(1);
  }

  @Test
  void theMachineTellsItsLimitAndItsClock() {
    Kernel kernel =
        kernel("0::/\n", Kernel.MOUNTS_2)
            .file("sys/fs/cgroup/cpu.max", "250000 100000\n")
            .file("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
    Machine machine = Machine.of(kernel.files(), 8);
    assertThat(machine).isEqualTo(new Machine(8, 2_500L, "hpet"));
    assertThat(machine.slowClock()).isTrue();
    assertThat(new Machine(8, null, "tsc").slowClock()).isFalse();
    assertThat(new Machine(8, null, null).slowClock()).isFalse();
  }
}
