package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Dataset;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.engine.payload.Weights;
import java.util.Arrays;
import java.util.List;

/**
 * The scenarios that a load chooses among, by weight. Immutable.
 *
 * <p>Arrivals know nothing of each other, so which rows of a dataset an arrival takes must follow
 * from its number: each arrival has as many rows to itself as the task takes that takes most.
 */
final class Choice {
  private final Script[] scripts;
  private final Weights weights;

  /** Rows of each dataset that each arrival has to itself. */
  private final long[] rowsEach;

  private final List<Dataset> datasets;

  Choice(List<Script> scripts, double[] weights, List<Dataset> datasets) {
    this.scripts = scripts.toArray(Script[]::new);
    this.weights = new Weights(weights);
    this.datasets = datasets;
    this.rowsEach =
        datasets.stream()
            .mapToLong(
                dataset ->
                    scripts.stream()
                        .flatMap(script -> Arrays.stream(script.tasks))
                        .mapToLong(task -> takes(task, dataset))
                        .max()
                        .orElse(0))
            .toArray();
  }

  private static long takes(Script.Request[] task, Dataset dataset) {
    return Arrays.stream(task)
        .filter(request -> Arrays.asList(request.datasets).contains(dataset))
        .count();
  }

  /** What a user, or an arrival, does. */
  Script pick(Draw draw, long user, long iteration) {
    return scripts.length == 1
        ? scripts[0]
        : scripts[weights.pick(draw.at(user, iteration, 0).unit(Draw.SCENARIO, 0))];
  }

  /** The script that captures most values. */
  Script largest() {
    Script largest = scripts[0];
    for (Script script : scripts) {
      largest = script.captureSlots > largest.captureSlots ? script : largest;
    }
    return largest;
  }

  /** Says how many rows of each dataset the arrivals before one have to themselves. */
  void rowsBefore(long arrival, long[] rows) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] = arrival * rowsEach[i];
    }
  }

  /**
   * Number of the first arrival for which a dataset that gives each row once has not enough left.
   *
   * @param lane number of the load among those that rows are shared out over
   * @param lanes how many those are
   */
  long arrivalsWithRows(long lane, long lanes) {
    long limit = Long.MAX_VALUE;
    for (int i = 0; i < rowsEach.length; i++) {
      Dataset dataset = datasets.get(i);
      if (rowsEach[i] > 0 && dataset.order() == Dataset.Order.EACH_ONCE) {
        long rows = Math.max(0, Math.ceilDiv(dataset.rows() - lane, lanes));
        limit = Math.min(limit, rows / rowsEach[i]);
      }
    }
    return limit;
  }
}
