package dev.squall.runner.vitals;

/** One figure that a runner measures of itself each second; any of them may not be available. */
public enum Vital {
  /** Length of what was measured, in ns. */
  ELAPSED(Over.SUM),
  /** Pauses of the garbage collector. */
  COLLECTIONS(Over.SUM),
  /** Time in them, in ns; the JVM tells it in whole ms. */
  COLLECTING(Over.SUM),
  /** The longest of them, in ns. */
  LONGEST_COLLECTION(Over.MAX),
  /** Periods of the cgroup's CPU limit in which the runner ran. */
  LIMIT_PERIODS(Over.SUM),
  /** Those in which it used up its limit and had to stop. */
  THROTTLED_PERIODS(Over.SUM),
  /** Time it was stopped, in ns, as the kernel counts it: summed over CPUs. */
  THROTTLED(Over.SUM),
  /** Time the event loops ran on a CPU, in ns. */
  LOOPS_RAN(Over.SUM),
  /** Time they were ready to run and no CPU was free, in ns. */
  LOOPS_WAITED(Over.SUM),
  /** How often they were given a CPU. */
  LOOPS_TURNS(Over.SUM),
  /** Time in which some task of the cgroup, or of the machine, waited for a CPU, in ns. */
  PRESSURE(Over.SUM),
  /** CPU time that the hypervisor gave to others, in ns. */
  STOLEN(Over.SUM),
  /** CPU time of the machine, all CPUs, idle or not, in ns. */
  MACHINE(Over.SUM),
  /** TCP segments sent by the pod. */
  SEGMENTS(Over.SUM),
  /** Those sent again. */
  RETRANSMITTED(Over.SUM),
  /** TCP connections opened by the pod, those that failed among them. */
  OPENED(Over.SUM),
  /** TCP sockets that hold a local port, those in TIME_WAIT among them. */
  PORTS_HELD(Over.MAX),
  /** Local ports that outgoing connections are given. */
  PORTS(Over.MAX),
  /** Entries in the connection tracking table. */
  TRACKED(Over.MAX),
  /** How many it takes. */
  TRACKABLE(Over.MAX);

  /** How figures of several seconds become one. */
  enum Over {
    SUM,
    MAX
  }

  private final Over over;

  Vital(Over over) {
    this.over = over;
  }

  /** The figure of two spans of time as one. */
  long combine(long one, long other) {
    return over == Over.SUM ? one + other : Math.max(one, other);
  }
}
