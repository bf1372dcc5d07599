package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Dataset;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All that the engine is told about a test; immutable, the same on every runner.
 *
 * @param seed seed of every drawn value
 * @param target where requests go
 * @param loads the loads, at least one
 * @param scenarios what users do, at least one
 * @param series the rows of the results, each at its {@link Series#id}
 * @param datasets the datasets that payloads draw from, each at its {@link Dataset#slot}
 */
public record Workload(
    long seed,
    Endpoint target,
    List<Load> loads,
    List<Scenario> scenarios,
    List<Series> series,
    List<Dataset> datasets) {
  /** Copies the lists and checks the numbering. */
  public Workload {
    loads = List.copyOf(loads);
    scenarios = List.copyOf(scenarios);
    series = List.copyOf(series);
    datasets = List.copyOf(datasets);
    if (loads.isEmpty() || scenarios.isEmpty()) {
      throw new IllegalArgumentException("a workload needs a load and a scenario");
    }
    for (int i = 0; i < series.size(); i++) {
      if (series.get(i).id() != i) {
        throw new IllegalArgumentException("series " + series.get(i) + " is not at its id");
      }
    }
    for (int i = 0; i < datasets.size(); i++) {
      if (datasets.get(i).slot() != i) {
        throw new IllegalArgumentException(
            "dataset '" + datasets.get(i).name() + "' is not at its slot");
      }
    }
    int count = scenarios.size();
    for (Load load : loads) {
      if (load.terms().scenarios().stream().anyMatch(at -> at < 0 || at >= count)) {
        throw new IllegalArgumentException(
            "load '" + load.terms().name() + "' names a scenario that is not there");
      }
    }
    List<Series> known = series;
    scenarios.stream()
        .flatMap(Scenario::steps)
        .map(Step::series)
        .filter(s -> s.id() < 0 || s.id() >= known.size() || !known.get(s.id()).equals(s))
        .findFirst()
        .ifPresent(
            s -> {
              throw new IllegalArgumentException("a step counts in an unknown series, " + s);
            });
  }

  /** Number of users of the closed loads, over all runners. */
  public int users() {
    return loads.stream().mapToInt(Workload::users).reduce(0, Math::addExact);
  }

  private static int users(Load load) {
    return load instanceof Load.Closed closed ? closed.users().most() : 0;
  }

  /** How many numbers drawn values are keyed by: each user has one, and each load without users. */
  public int lanes() {
    return Math.addExact(users(), (int) loads.stream().filter(load -> users(load) == 0).count());
  }

  /** Number of a load's first user, or of the load itself, among the {@link #lanes}. */
  int firstLane(int load) {
    boolean closed = users(loads.get(load)) > 0;
    return loads.subList(0, load).stream()
        .filter(before -> users(before) > 0 == closed)
        .mapToInt(before -> closed ? users(before) : 1)
        .reduce(closed ? 0 : users(), Math::addExact);
  }

  /** Positions of the scenarios that a load runs. */
  List<Integer> scenariosOf(Load load) {
    List<Integer> chosen = load.terms().scenarios();
    return chosen.isEmpty() ? IntStream.range(0, scenarios.size()).boxed().toList() : chosen;
  }
}
