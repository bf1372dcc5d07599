package dev.squall.runner.plan;

import dev.squall.api.check.Durations;
import dev.squall.api.check.LoadLength;
import dev.squall.api.v1alpha1.Arrivals;
import dev.squall.api.v1alpha1.LoadGen;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Stage;
import dev.squall.api.v1alpha1.Users;
import dev.squall.runner.engine.Load;
import dev.squall.runner.engine.Load.Overflow;
import dev.squall.runner.engine.Load.Terms;
import dev.squall.runner.engine.Population;
import dev.squall.runner.engine.Scenario;
import dev.squall.runner.engine.arrival.ArrivalSchedule;
import dev.squall.runner.engine.arrival.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compiles a test's loads. */
final class Loads {
  /** The golden ratio as a 64-bit fraction: spreads small differences over all bits. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final LoadTestSpec spec;
  private final int runners;
  private final List<String> scenarios;
  private final Datasets datasets;

  /**
   * Loads of a test.
   *
   * @param runners how many runners share them
   * @param scenarios the scenarios as the engine has them, in its order
   */
  Loads(LoadTestSpec spec, int runners, List<Scenario> scenarios, Datasets datasets) {
    this.spec = spec;
    this.runners = runners;
    this.scenarios = scenarios.stream().map(Scenario::name).toList();
    this.datasets = datasets;
  }

  /**
   * All loads, in order.
   *
   * @throws PlanException if one cannot be run
   */
  List<Load> compile() {
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < spec.loads().size(); i++) {
      String field = "spec.loads[" + i + "]";
      try {
        loads.add(load(field, spec.loads().get(i)));
      } catch (IllegalArgumentException e) {
        throw new PlanException(field, String.valueOf(e.getMessage()));
      }
    }
    return loads;
  }

  private Load load(String field, dev.squall.api.v1alpha1.Load load) {
    Users users = load.users();
    if (users != null) {
      return closed(field, load, users);
    }
    Arrivals arrivals = load.arrivals();
    if (arrivals != null) {
      shared(field + ".arrivals.maxInFlight", arrivals.maxInFlight());
      return open(field + ".arrivals", load, arrivals);
    }
    LoadGen loadGen = load.loadGen();
    if (loadGen != null) {
      shared(field + ".loadGen.maxInFlight", loadGen.maxInFlight());
      return LoadGens.compile(terms(load), loadGen, seed(load));
    }
    throw new PlanException(field, "set exactly one of users, arrivals and loadGen");
  }

  private Load closed(String field, dev.squall.api.v1alpha1.Load load, Users users) {
    List<Stage> stages = users.stages();
    Integer count = users.count();
    if (stages == null && count == null) {
      throw new PlanException(field + ".users", "set exactly one of count and stages");
    }
    return new Load.Closed(
        terms(load),
        stages != null
            ? new Population.Staged(
                new UserProfile(Stages.profile(field + ".users.stages", stages)))
            : new Population.Spawned(count == null ? 0 : count, users.spawnRate()),
        optional(load.requests()),
        optional(load.iterations()));
  }

  private Load open(String field, dev.squall.api.v1alpha1.Load load, Arrivals arrivals) {
    Overflow overflow =
        switch (arrivals.overflow()) {
          case Wait -> Overflow.WAIT;
          case Drop -> Overflow.DROP;
        };
    ArrivalSchedule schedule =
        ArrivalSchedules.compile(field, load, arrivals, seed(load), datasets);
    return new Load.Open(terms(load), schedule, arrivals.maxInFlight(), overflow);
  }

  private Terms terms(dev.squall.api.v1alpha1.Load load) {
    return new Terms(
        load.name(),
        nanos(load.start()),
        LoadLength.duration(load)
            .map(d -> OptionalLong.of(d.toNanos()))
            .orElseGet(OptionalLong::empty),
        nanos(load.gracefulStop()),
        // One that tags leave no task, which has weight 0 then, is not among the engine's.
        load.scenarios().stream().map(scenarios::indexOf).filter(at -> at >= 0).toList(),
        load.warmUp(),
        spec.thresholds().stream().anyMatch(limit -> load.name().equals(limit.load())));
  }

  /** Loads of one test draw from seeds of their own, so that their bursts do not coincide. */
  private long seed(dev.squall.api.v1alpha1.Load load) {
    return spec.seed() + SPREAD * (1 + load.name().hashCode());
  }

  /** {@code squall run --runners} may ask for more runners than the spec was checked for. */
  private void shared(String field, int maxInFlight) {
    if (maxInFlight < runners) {
      throw new PlanException(
          field,
          "is %d, less than the %d runners, each of which needs at least one: raise it"
              .formatted(maxInFlight, runners));
    }
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static long nanos(String duration) {
    return Durations.parse(duration).toNanos();
  }
}
