package dev.squall.runner.rehearsal;

import dev.squall.runner.engine.Endpoint;
import dev.squall.runner.engine.Load;
import dev.squall.runner.engine.Population;
import dev.squall.runner.engine.Scenario;
import dev.squall.runner.engine.Wait;
import dev.squall.runner.engine.Workload;
import dev.squall.runner.engine.arrival.Arrivals;
import dev.squall.runner.engine.arrival.Bounds;
import dev.squall.runner.engine.arrival.Per;
import dev.squall.runner.engine.arrival.RateProfile;
import dev.squall.runner.engine.arrival.RateSchedule;
import dev.squall.runner.engine.tls.TlsServer;
import dev.squall.runner.engine.tls.TlsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal sends: a plan's scenarios with short pauses, to a target in this process, under
 * at most one load of each model that the plan has.
 */
final class RehearsedWorkload {
  private static final long FEW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int USERS = 32;
  private static final double ARRIVALS_PER_SECOND = 2_000;

  private RehearsedWorkload() {}

  /**
   * Of a plan's workload.
   *
   * @param target what is sent to
   * @param tls how that is reached; null for plain text
   */
  static Workload of(Workload workload, AnsweringTarget target, @Nullable TlsServer tls) {
    List<Load> loads = new ArrayList<>();
    if (workload.loads().stream().anyMatch(load -> !(load instanceof Load.Open))) {
      loads.add(closed());
    }
    if (workload.loads().stream().anyMatch(Load.Open.class::isInstance)) {
      loads.add(open(workload.seed()));
    }
    return new Workload(
        workload.seed(),
        there(workload.target(), target, tls),
        loads,
        workload.scenarios().stream().map(RehearsedWorkload::hurried).toList(),
        workload.series(),
        workload.datasets());
  }

  /**
   * The target in place of the plan's own, with the same protocol, and the same TLS as far as that
   * is not of the target.
   */
  private static Endpoint there(Endpoint real, AnsweringTarget target, @Nullable TlsServer tls) {
    TlsSettings settings = real.tlsSettings().withServerName(TlsServer.NAME);
    if (tls != null) {
      settings = settings.withTrusted(List.of(tls.certificate()));
    }
    return new Endpoint(
        tls != null,
        "127.0.0.1",
        target.port(),
        real.basePath(),
        settings,
        real.connections().unopened(),
        real.protocol());
  }

  private static Load.Terms terms(String name) {
    return Load.Terms.of(name, OptionalLong.of(Rehearsal.MOST_NANOS), 0);
  }

  private static Load closed() {
    return new Load.Closed(
        terms("rehearsed users"),
        new Population.Spawned(USERS, USERS * 10.0),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static Load open(long seed) {
    return new Load.Open(
        terms("rehearsed arrivals"),
        RateSchedule.of(
            new Arrivals.Poisson(false),
            RateProfile.constant(ARRIVALS_PER_SECOND, Per.SECOND),
            Bounds.duration(Rehearsal.MOST_NANOS),
            seed),
        USERS,
        Load.Overflow.WAIT);
  }

  private static Scenario hurried(Scenario scenario) {
    return new Scenario(
        scenario.name(),
        scenario.weight(),
        new Wait.Between(0, FEW_NANOS),
        scenario.onStart(),
        scenario.tasks(),
        scenario.onStop());
  }
}
