package dev.squall.runner.rehearsal;

import dev.squall.runner.engine.Engine;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.engine.HttpProtocol;
import dev.squall.runner.engine.Share;
import dev.squall.runner.engine.Workload;
import dev.squall.runner.engine.tls.TlsServer;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plan's own scenarios for a moment before the real load, so that the classes are loaded and
 * compiled when the first request counts. The target is in this process, nothing leaves the pod,
 * and what is recorded is thrown away. It ends once requests go out on time, or after {@link
 * #MOST_NANOS}. What the real load sends does not depend on it: each drawn value is a function of
 * its place.
 */
public final class Rehearsal {
  /** How long it lasts at most. */
  public static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long ASK_AGAIN_AFTER_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  /** 99th percentile of the lateness of a round that is on time, in µs. */
  private static final long ON_TIME_MICROS = 1_000;

  /** So many rounds on time, one after another, end it. */
  private static final int STEADY_ROUNDS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  private Rehearsal() {}

  /**
   * What was rehearsed.
   *
   * @param requests how many the target answered
   * @param protocol what they were made by: {@code HTTP/1.1}, {@code HTTP/2 (prior knowledge)} or
   *     {@code HTTP/2 (ALPN)}
   * @param seconds what was cut of it, as is of each second of a load
   * @param lag how late the event loops were
   * @param broken why requests, most of them for this reason, failed though this target answers
   *     all; empty if none did
   */
  public record Rehearsed(
      long requests,
      String protocol,
      List<Snapshot> seconds,
      Lag lag,
      Optional<FailureCount> broken) {
    /** Copies the list. */
    public Rehearsed {
      seconds = List.copyOf(seconds);
    }
  }

  /**
   * Rehearses; blocks until it is over.
   *
   * @param options how the engine will run
   */
  public static Rehearsed run(Workload workload, EngineOptions options)
      throws IOException, InterruptedException {
    HttpProtocol protocol = workload.target().protocol();
    TlsServer tls =
        workload.target().tls()
            ? TlsServer.create(options.tlsProvider(), protocol == HttpProtocol.HTTP2)
            : null;
    try (AnsweringTarget target = new AnsweringTarget(tls, protocol);
        Engine engine =
            Engine.create(RehearsedWorkload.of(workload, target, tls), Share.whole(), options)) {
      long begin = System.nanoTime();
      engine.start(begin);
      int steady = 0;
      long p99 = 0;
      List<Snapshot> seconds = new ArrayList<>();
      while (steady < STEADY_ROUNDS && !engine.finished()) {
        int round = seconds.size() + 1;
        askUntil(engine, begin + round * ROUND_NANOS);
        Snapshot cut = engine.cut(round);
        seconds.add(cut);
        Times lateness = cut.lateness();
        p99 = lateness.percentileMicros(99);
        steady = lateness.count() > 0 && p99 <= ON_TIME_MICROS ? steady + 1 : 0;
      }
      LOG.info(
          "rehearsed for {} ms with {} requests over {}; the p99 of lateness is {} µs",
          (System.nanoTime() - begin) / 1_000_000,
          target.requests(),
          engine.protocol(),
          p99);
      Optional<FailureCount> broken = broken(seconds);
      return new Rehearsed(target.requests(), engine.protocol(), seconds, engine.lag(), broken);
    }
  }

  /**
   * Asks the event loops something until a round is over, thousands of times: what a question meets
   * there once in hundreds (a wake-up as the loop wakes by itself, a queue's next chunk) would else
   * be met first while the load runs, and the loop be compiled anew for it.
   */
  private static void askUntil(Engine engine, long end) throws InterruptedException {
    while (System.nanoTime() < end) {
      var _ = engine.users();
      TimeUnit.NANOSECONDS.sleep(ASK_AGAIN_AFTER_NANOS);
    }
  }

  private static Optional<FailureCount> broken(List<Snapshot> seconds) {
    List<FailureCount> all =
        seconds.stream().flatMap(cut -> cut.failures().stream()).filter(Rehearsal::ours).toList();
    Optional<FailureCount> most = all.stream().max(Comparator.comparingLong(FailureCount::count));
    most.ifPresent(
        failure ->
            LOG.warn(
                "{} of the rehearsal's requests failed, though its target answers all, most of "
                    + "them with {} ({}): the load's may fail alike, whatever the target",
                all.stream().mapToLong(FailureCount::count).sum(),
                failure.kind().label(),
                failure.reason()));
    return most;
  }

  /** What the target's answer, or a machine that is slow at first, does not explain. */
  private static boolean ours(FailureCount failure) {
    return !failure.kind().answered() && failure.kind() != FailureKind.TIMEOUT;
  }
}
