package dev.squall.runner.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.Lag;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitalsMeterIT {
  @TempDir private Path root;
  private long now = 7;

  private VitalsMeter meter() {
    return new VitalsMeter(new KernelFiles(root), "squall-load", () -> now);
  }

  private static long get(Vitals vitals, Vital vital) {
    return vitals.get(vital).orElseThrow();
  }

  @Test
  void eachCallTellsOfTheTimeSinceTheLast() {
    Kernel kernel =
        new Kernel(root)
            .file("proc/self/cgroup", "0::/\n")
            .file("proc/self/mountinfo", Kernel.MOUNTS_2)
            .file("sys/fs/cgroup/cpu.stat", Kernel.STAT_2)
            .file("proc/pressure/cpu", Kernel.PRESSURE)
            .file("proc/stat", Kernel.STAT)
            .file("proc/self/net/snmp", Kernel.SNMP)
            .file("proc/self/net/sockstat", Kernel.SOCKSTAT)
            .file("proc/self/net/sockstat6", Kernel.SOCKSTAT_6)
            .file("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n")
            .file("proc/sys/net/netfilter/nf_conntrack_max", "262144\n")
            .file("proc/sys/net/netfilter/nf_conntrack_count", "1731\n")
            .file("proc/self/task/11/comm", "squall-load-0\n")
            .file("proc/self/task/11/schedstat", "1000000 2000 30\n")
            .file("proc/self/task/12/comm", "squall-load-1\n")
            .file("proc/self/task/12/schedstat", "500000 1000 20\n")
            .file("proc/self/task/13/comm", "C1 CompilerThre\n")
            .file("proc/self/task/13/schedstat", "900000 9000000 90\n");
    try (VitalsMeter meter = meter()) {
      now += 1_000_000_000L;
      kernel
          .file("sys/fs/cgroup/cpu.stat", Kernel.STAT_2.replace("187", "190").replace("213", "223"))
          .file("proc/pressure/cpu", Kernel.PRESSURE.replace("577115", "577215"))
          .file("proc/stat", Kernel.STAT.replace("609591", "609691").replace("1212", "1222"))
          .file(
              "proc/self/net/snmp",
              Kernel.SNMP.replace("108365", "108465").replace(" 2549", " 2551"))
          .file("proc/self/task/11/schedstat", "1600000 52000 40\n")
          .file("proc/self/task/12/schedstat", "900000 3000 25\n")
          // An event loop that began in this second counts from nothing.
          .file("proc/self/task/14/comm", "squall-load-2\n")
          .file("proc/self/task/14/schedstat", "10 20 1\n");
      Lag lag = new Lag();
      lag.record(3_000_000);
      Vitals second = meter.next(lag);
      assertThat(get(second, Vital.ELAPSED)).isEqualTo(1_000_000_000L);
      assertThat(get(second, Vital.LIMIT_PERIODS)).isEqualTo(10);
      assertThat(get(second, Vital.THROTTLED_PERIODS)).isEqualTo(3);
      assertThat(get(second, Vital.THROTTLED)).isZero();
      assertThat(get(second, Vital.PRESSURE)).isEqualTo(100_000);
      assertThat(get(second, Vital.STOLEN)).isEqualTo(100_000_000L);
      assertThat(get(second, Vital.MACHINE)).isEqualTo(1_100_000_000L);
      assertThat(get(second, Vital.SEGMENTS)).isEqualTo(100);
      assertThat(get(second, Vital.RETRANSMITTED)).isEqualTo(2);
      assertThat(get(second, Vital.LOOPS_RAN)).isEqualTo(1_000_010);
      assertThat(get(second, Vital.LOOPS_WAITED)).isEqualTo(52_020);
      assertThat(get(second, Vital.LOOPS_TURNS)).isEqualTo(16);
      assertThat(get(second, Vital.PORTS_HELD)).isEqualTo(64 + 1200 + 36);
      assertThat(get(second, Vital.PORTS)).isEqualTo(28_232);
      assertThat(get(second, Vital.TRACKED)).isEqualTo(1_731);
      assertThat(get(second, Vital.TRACKABLE)).isEqualTo(262_144);
      assertThat(second.lag().maxNanos()).isEqualTo(3_000_000);
      now += 1_000_000_000L;
      Vitals next = meter.next(new Lag());
      assertThat(get(next, Vital.THROTTLED_PERIODS)).isZero();
      assertThat(get(next, Vital.LOOPS_RAN)).isZero();
    }
  }

  @Test
  void whatIsMissingIsNotAvailable() {
    try (VitalsMeter meter = meter()) {
      now += 5;
      Vitals second = meter.next(new Lag());
      List<Vital> always =
          List.of(Vital.ELAPSED, Vital.COLLECTIONS, Vital.COLLECTING, Vital.LONGEST_COLLECTION);
      assertThat(Arrays.stream(Vital.values()).filter(v -> second.get(v).isPresent()))
          .containsExactlyElementsOf(always);
    }
  }

  @Test
  void filesOfAnotherShapeAreNotAvailable() {
    Kernel kernel = new Kernel(root);
    List.of(
            "proc/self/cgroup",
            "proc/self/mountinfo",
            "proc/pressure/cpu",
            "proc/stat",
            "proc/self/net/snmp",
            "proc/self/net/sockstat",
            "proc/sys/net/ipv4/ip_local_port_range",
            "proc/sys/net/netfilter/nf_conntrack_max")
        .forEach(file -> kernel.file(file, "some words\ncpu  x\nTcp: \nTCP: inuse\n- - -\n"));
    kernel.file("proc/self/task/11/comm", "squall-load-0\n");
    kernel.file("proc/self/task/11/schedstat", "");
    kernel.file("proc/sys/net/netfilter/nf_conntrack_count", "\n");
    try (VitalsMeter meter = meter()) {
      Vitals second = meter.next(new Lag());
      assertThat(second.get(Vital.STOLEN)).isEmpty();
      assertThat(second.get(Vital.SEGMENTS)).isEmpty();
      assertThat(second.get(Vital.LOOPS_RAN)).isEmpty();
      assertThat(second.get(Vital.PORTS)).isEmpty();
      assertThat(second.get(Vital.PORTS_HELD)).isEmpty();
      assertThat(second.get(Vital.TRACKED)).isEmpty();
    }
  }

  @Test
  void onThisMachineTheKernelTells() {
    try (VitalsMeter meter = new VitalsMeter("squall-load")) {
      Vitals second = meter.next(new Lag());
      // Any Linux tells these to anyone.
      assertThat(second.get(Vital.MACHINE)).isPresent();
      assertThat(second.get(Vital.SEGMENTS)).isPresent();
      assertThat(second.get(Vital.PORTS)).isPresent();
    }
    assertThat(Machine.here().eventLoops()).isPositive();
  }
}
