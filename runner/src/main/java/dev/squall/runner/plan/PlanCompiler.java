package dev.squall.runner.plan;

import dev.squall.api.check.Problem;
import dev.squall.api.check.SpecCheck;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.wire.Plan;
import dev.squall.runner.engine.HttpProtocol;
import dev.squall.runner.engine.Scenario;
import dev.squall.runner.engine.Workload;
import java.util.List;

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
    Datasets datasets = Datasets.read(spec, sources);
    Payloads payloads = new Payloads(spec.payloads(), datasets);
    Scenarios scenarios = new Scenarios(spec.tags(), payloads, new Secrets(sources));
    List<Scenario> compiled = scenarios.compile(spec.scenarios());
    Workload workload =
        new Workload(
            spec.seed(),
            Endpoints.parse(plan.targetUrl())
                .withTlsSettings(new Certificates(sources).settings(spec.target().tls()))
                .withConnections(
                    ConnectionLimits.compile(spec.target().connections(), plan.runners()))
                .withProtocol(
                    switch (spec.target().protocol()) {
                      case HTTP1 -> HttpProtocol.HTTP1;
                      case HTTP2 -> HttpProtocol.HTTP2;
                    }),
            new Loads(spec, plan.runners(), compiled, datasets).compile(),
            compiled,
            scenarios.series(),
            datasets.all());
    return new CompiledPlan(workload, datasets.digests());
  }
}
