package dev.squall.runner.plan;

import dev.squall.api.check.Durations;
import dev.squall.api.check.Problem;
import dev.squall.api.check.SpecCheck;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Users;
import dev.squall.api.wire.Plan;
import dev.squall.runner.engine.Load;
import dev.squall.runner.engine.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compiles a plan into the engine's types. */
public final class PlanCompiler {
  private PlanCompiler() {}

  /**
   * Compiles a plan, reading the files that it names.
   *
   * @param plan the plan, its spec's defaults filled in
   * @param sources where credentials and datasets are
   * @throws PlanException if it cannot be run; each problem names the field and the fix
   */
  public static CompiledPlan compile(Plan plan, Sources sources) {
    LoadTestSpec spec = plan.test();
    List<Problem> problems = SpecCheck.check(spec);
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
    Datasets datasets = Datasets.read(spec.datasets(), sources);
    Payloads payloads = new Payloads(spec.payloads(), datasets);
    Scenarios scenarios = new Scenarios(spec.tags(), payloads, new Secrets(sources));
    Workload workload =
        new Workload(
            spec.seed(),
            Endpoints.parse(plan.targetUrl()),
            loads(spec),
            scenarios.compile(spec.scenarios()),
            scenarios.series(),
            datasets.all());
    return new CompiledPlan(workload, datasets.digests());
  }

  private static List<Load> loads(LoadTestSpec spec) {
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < spec.loads().size(); i++) {
      dev.squall.api.v1alpha1.Load load = spec.loads().get(i);
      Users users = load.users();
      if (users == null) {
        throw new PlanException(
            "spec.loads[" + i + "].users", "set users: how many virtual users send the load");
      }
      loads.add(
          new Load.Closed(
              Load.Terms.of(
                  load.name(),
                  nanos(load.duration()),
                  Durations.parse(load.gracefulStop()).toNanos()),
              new Load.Users.Spawned(users.count(), users.spawnRate()),
              load.requests() == null ? OptionalLong.empty() : OptionalLong.of(load.requests()),
              OptionalLong.empty()));
    }
    return loads;
  }

  private static OptionalLong nanos(@Nullable String duration) {
    return duration == null
        ? OptionalLong.empty()
        : OptionalLong.of(Durations.parse(duration).toNanos());
  }
}
