package dev.squall.api.check;

import dev.squall.api.v1alpha1.Arrivals;
import dev.squall.api.v1alpha1.Dataset;
import dev.squall.api.v1alpha1.DatasetFormat;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadGen;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Replay;
import dev.squall.api.v1alpha1.Scenario;
import dev.squall.api.v1alpha1.Stage;
import dev.squall.api.v1alpha1.Step;
import dev.squall.api.v1alpha1.Users;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads: stages that lead somewhere, bounds that can be shared out, logs that exist. */
final class LoadCheck {
  private static final double MOST_USERS = 1_000_000;

  private final LoadTestSpec spec;
  private final Names names;
  private final Findings findings;

  LoadCheck(LoadTestSpec spec, Names names, Findings findings) {
    this.spec = spec;
    this.names = names;
    this.findings = findings;
  }

  void check() {
    for (int i = 0; i < spec.loads().size(); i++) {
      Load load = spec.loads().get(i);
      String path = "spec.loads[" + i + "]";
      Users users = load.users();
      if (users != null) {
        users(path + ".users", users);
        reached(path + ".users.stages", users.stages(), load.duration());
      }
      Arrivals arrivals = load.arrivals();
      if (arrivals != null) {
        arrivals(path + ".arrivals", arrivals);
        reached(path + ".arrivals.stages", arrivals.stages(), load.duration());
      }
      LoadGen loadGen = load.loadGen();
      if (loadGen != null) {
        shared(path + ".loadGen.maxInFlight", loadGen.maxInFlight());
      }
      scenarios(path + ".scenarios", load.scenarios());
      if (users == null) {
        usersOnly(load);
      }
    }
  }

  /** Arrivals are iterations, of nobody who would log in before and out after. */
  private void usersOnly(Load load) {
    for (int i = 0; i < spec.scenarios().size(); i++) {
      Scenario scenario = spec.scenarios().get(i);
      String path = "spec.scenarios[" + i + "]";
      if (load.scenarios().isEmpty() || load.scenarios().contains(scenario.name())) {
        usersOnly(path + ".onStart", "first", load, scenario.onStart());
        usersOnly(path + ".onStop", "last", load, scenario.onStop());
      }
    }
  }

  private void usersOnly(String path, String where, Load load, List<Step> steps) {
    if (!steps.isEmpty()) {
      findings.add(
          path,
          "only users do this, and load '"
              + load.name()
              + "' has none: put the steps "
              + where
              + " in each task, or give the load scenarios without them");
    }
  }

  private void users(String path, Users users) {
    List<Stage> stages = users.stages();
    if (stages != null && StageCheck.peak(path + ".stages", stages, findings) > MOST_USERS) {
      findings.add(path + ".stages", "more than 1000000 users: lower the levels");
    }
  }

  private void reached(String path, @Nullable List<Stage> stages, @Nullable String duration) {
    if (stages == null || duration == null) {
      return;
    }
    Duration begin = Duration.ZERO;
    for (int i = 0; i < stages.size(); i++) {
      if (begin.compareTo(Durations.parse(duration)) >= 0) {
        findings.add(
            path + "[" + i + "]",
            "begins when the load's duration ("
                + duration
                + ") is over: raise duration, or remove the stage");
        return;
      }
      begin = begin.plus(StageCheck.length(stages.get(i)));
    }
  }

  private void arrivals(String path, Arrivals arrivals) {
    shared(path + ".maxInFlight", arrivals.maxInFlight());
    List<Stage> stages = arrivals.stages();
    if (stages != null) {
      StageCheck.peak(path + ".stages", stages, findings);
    }
    Replay replay = arrivals.replay();
    if (replay != null && !names.datasets().containsKey(replay.dataset())) {
      findings.add(
          path + ".replay.dataset",
          "no dataset is named '"
              + replay.dataset()
              + "'"
              + Names.thereAre(names.datasets().keySet(), "datasets"));
    }
  }

  private void shared(String path, int maxInFlight) {
    int runners = spec.runners().count();
    if (maxInFlight < runners) {
      findings.add(
          path,
          "less than the number of runners ("
              + runners
              + "), each of which needs at least one: raise it, or lower spec.runners.count");
    }
  }

  private void scenarios(String path, List<String> followed) {
    if (!followed.isEmpty()
        && spec.scenarios().stream()
            .noneMatch(s -> s.weight() > 0 && followed.contains(s.name()))) {
      findings.add(path, "at least one of these scenarios needs a weight above 0");
    }
  }

  /** A payload can draw from rows only. */
  static void rows(String path, Dataset dataset, Findings findings) {
    if (dataset.format() != DatasetFormat.Csv) {
      findings.add(
          path,
          "dataset '"
              + dataset.name()
              + "' is JsonLines, which only a load can replay: give its rows as Csv");
    }
  }
}
