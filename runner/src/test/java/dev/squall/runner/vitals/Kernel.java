package dev.squall.runner.vitals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's files in a folder, with texts as kernels wrote them. */
final class Kernel {
  /** A machine of version 1, as {@code docker run} on it shows it to a container. */
  static final String MOUNTS_1 =
      """
      31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
      33 31 0:30 /kubepods/pod7/c1 /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
      32 31 0:29 /kubepods/pod7/c1 /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
      """;

  /** A machine of version 1 itself. */
  static final String MOUNTS_1_MACHINE =
      """
      27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
      31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
      32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
      33 31 0:30 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
      41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
      """;

  /** Version 2, a container with a cgroup namespace of its own. */
  static final String MOUNTS_2 =
      "3071 3070 0:28 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw\n";

  /** {@code cpu.stat} of version 2. */
  static final String STAT_2 =
      """
      usage_usec 8561437
      user_usec 6413283
      system_usec 2148153
      nice_usec 0
      core_sched.force_idle_usec 0
      nr_periods 213
      nr_throttled 187
      throttled_usec 9314406
      nr_bursts 0
      burst_usec 0
      """;

  /** {@code cpu.stat} of version 1. */
  static final String STAT_1 =
      "nr_periods 57\nnr_throttled 41\nthrottled_time 2613044019\nnr_bursts 0\nburst_time 0\n";

  static final String STAT =
      """
      cpu  1160761 214743 246832 609591 4855 0 27226 1212 0 0
      cpu0 579263 107761 120463 310655 1206 0 12618 601 0 0
      cpu1 581497 106982 126369 298935 3649 0 14607 611 0 0
      intr 151284377 0 0 9
      """;

  static final String SNMP =
      """
      Ip: Forwarding DefaultTTL InReceives
      Ip: 2 64 83123948
      Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
      Tcp: 1 200 120000 -1 655109 766132 19705 28729 0 83123425 83108365 2549 0 43748 0
      Udp: InDatagrams NoPorts
      Udp: 593 0
      """;

  static final String SOCKSTAT =
      "sockets: used 14\nTCP: inuse 64 orphan 0 tw 1200 alloc 66 mem 97\nUDP: inuse 2 mem 0\n";

  static final String SOCKSTAT_6 = "TCP6: inuse 36\nUDP6: inuse 0\nFRAG6: inuse 0 memory 0\n";

  static final String PRESSURE =
      """
      some avg10=26.77 avg60=11.30 avg300=12.24 total=6662577115
      full avg10=0.00 avg60=0.00 avg300=0.00 total=0
      """;

  private final Path root;

  Kernel(Path root) {
    this.root = root;
  }

  Kernel file(String path, String text) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KernelFiles files() {
    return new KernelFiles(root);
  }
}
