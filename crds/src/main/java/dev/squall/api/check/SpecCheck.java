package dev.squall.api.check;

import dev.squall.api.v1alpha1.Connections;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Readiness;
import java.time.Duration;
import java.util.List;

/**
 * What a schema cannot see: names that lead nowhere, cycles, texts that do not parse. The operator
 * answers {@code Accepted=False} with these problems, {@code squall validate} prints them.
 */
public final class SpecCheck {
  private SpecCheck() {}

  /**
   * Checks a spec that the schema accepts.
   *
   * @param spec the spec, defaults filled in
   * @return what is wrong, in the order of the spec's parts; empty if nothing is
   */
  public static List<Problem> check(LoadTestSpec spec) {
    Findings findings = new Findings();
    Names names = Names.of(spec);
    times(spec, findings);
    connections(spec, findings);
    new LoadCheck(spec, names, findings).check();
    new ScenarioCheck(spec, names, findings).check();
    new PayloadCheck(spec, names, findings).check();
    new ThresholdCheck(spec, findings).check();
    new SearchCheck(spec, findings).check();
    return findings.all();
  }

  private static void connections(LoadTestSpec spec, Findings findings) {
    Connections connections = spec.target().connections();
    int runners = spec.runners().count();
    if (connections != null && connections.max() != null && connections.max() < runners) {
      findings.add(
          "spec.target.connections.max",
          "less than the number of runners ("
              + runners
              + "), each of which needs at least one: raise it, or lower spec.runners.count");
    }
  }

  private static void times(LoadTestSpec spec, Findings findings) {
    Readiness readiness = spec.target().readiness();
    if (readiness == null) {
      return;
    }
    Duration start = Durations.parse(spec.startTimeout());
    if (Durations.parse(readiness.timeout()).compareTo(start) > 0) {
      findings.add(
          "spec.target.readiness.timeout",
          "longer than startTimeout ("
              + spec.startTimeout()
              + "), which ends the run before: shorten it, or raise startTimeout");
    }
  }
}
