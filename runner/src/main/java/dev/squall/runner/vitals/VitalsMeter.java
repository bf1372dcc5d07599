package dev.squall.runner.vitals;

import dev.squall.runner.recording.Lag;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Measures this process: each call tells of the time since the one before. One thread may call it.
 */
public final class VitalsMeter implements AutoCloseable {
  private static final String TASKS = "proc/self/task/";

  private final KernelFiles files;
  private final CpuCgroup cgroup;
  private final GcPauses collector = new GcPauses();
  private final String loopThreads;
  private final LongSupplier nanoTime;
  private Map<Vital, Long> before;
  private Map<String, Map<Vital, Long>> loopsBefore;

  /** Whether a thread is an event loop's, by its number. */
  private final Map<String, Boolean> known = new HashMap<>();

  private Set<String> threadsBefore = Set.of();

  /**
   * Measures from now on.
   *
   * @param loopThreads how the names of the event loops' threads begin; the kernel keeps 15
   *     characters of a name
   */
  public VitalsMeter(String loopThreads) {
    this(KernelFiles.ofMachine(), loopThreads, System::nanoTime);
  }

  VitalsMeter(KernelFiles files, String loopThreads, LongSupplier nanoTime) {
    this.files = files;
    this.cgroup = CpuCgroup.of(files);
    this.loopThreads = loopThreads;
    this.nanoTime = nanoTime;
    this.before = counters();
    this.loopsBefore = loops();
  }

  /**
   * What happened since the last call.
   *
   * @param lag how late the event loops came to their beats meanwhile
   */
  public Vitals next(Lag lag) {
    Map<Vital, Long> now = counters();
    Map<String, Map<Vital, Long>> loops = loops();
    Map<Vital, Long> figures = collector.take();
    now.forEach(
        (vital, value) -> {
          Long earlier = before.get(vital);
          if (earlier != null) {
            // A counter that fell is another one now: nothing is known of this second.
            figures.put(vital, value - earlier);
          }
        });
    loops.forEach(
        (thread, counts) ->
            counts.forEach(
                (vital, value) ->
                    figures.merge(
                        vital,
                        value - loopsBefore.getOrDefault(thread, Map.of()).getOrDefault(vital, 0L),
                        Long::sum)));
    figures.putAll(levels());
    before = now;
    loopsBefore = loops;
    return Vitals.of(figures, lag);
  }

  /** What only grows. */
  private Map<Vital, Long> counters() {
    Map<Vital, Long> now = new EnumMap<>(Vital.class);
    now.put(Vital.ELAPSED, nanoTime.getAsLong());
    cgroup
        .throttling()
        .ifPresent(
            throttling -> {
              now.put(Vital.LIMIT_PERIODS, throttling.periods());
              now.put(Vital.THROTTLED_PERIODS, throttling.throttled());
              now.put(Vital.THROTTLED, throttling.nanos());
            });
    cgroup
        .pressureNanos()
        .or(() -> files.text("proc/pressure/cpu").flatMap(Counters::pressureNanos))
        .ifPresent(nanos -> now.put(Vital.PRESSURE, nanos));
    files.text("proc/stat").map(Counters::machine).ifPresent(now::putAll);
    files.text("proc/self/net/snmp").map(Counters::segments).ifPresent(now::putAll);
    return now;
  }

  /** Scheduling of each event loop's thread, by its number. */
  private Map<String, Map<Vital, Long>> loops() {
    Map<String, Map<Vital, Long>> loops = new HashMap<>();
    Set<String> threads = files.names(TASKS);
    known.keySet().retainAll(threads);
    for (String thread : threads) {
      // One that has just begun may bear its maker's name still.
      boolean named = threadsBefore.contains(thread);
      if (named ? known.computeIfAbsent(thread, this::isLoop) : isLoop(thread)) {
        files
            .text(TASKS + thread + "/schedstat")
            .map(Counters::scheduling)
            .ifPresent(counts -> loops.put(thread, counts));
      }
    }
    threadsBefore = threads;
    return loops;
  }

  private boolean isLoop(String thread) {
    return files.text(TASKS + thread + "/comm").filter(n -> n.startsWith(loopThreads)).isPresent();
  }

  /** What is as it is now. */
  private Map<Vital, Long> levels() {
    Map<Vital, Long> now = new EnumMap<>(Vital.class);
    files
        .text("proc/self/net/sockstat")
        .map(four -> four + files.text("proc/self/net/sockstat6").orElse(""))
        .flatMap(Counters::sockets)
        .ifPresent(count -> now.put(Vital.PORTS_HELD, count));
    files
        .text("proc/sys/net/ipv4/ip_local_port_range")
        .flatMap(Counters::ports)
        .ifPresent(count -> now.put(Vital.PORTS, count));
    files
        .number("proc/sys/net/netfilter/nf_conntrack_count")
        .ifPresent(count -> now.put(Vital.TRACKED, count));
    files
        .number("proc/sys/net/netfilter/nf_conntrack_max")
        .ifPresent(count -> now.put(Vital.TRACKABLE, count));
    return now;
  }

  @Override
  public void close() {
    collector.close();
  }
}
