package dev.squall.runner.plan;

import dev.squall.api.check.Durations;
import dev.squall.api.check.SearchCheck;
import dev.squall.api.v1alpha1.Arrivals;
import dev.squall.api.v1alpha1.Capacity;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Sweep;
import dev.squall.api.v1alpha1.Users;
import dev.squall.api.wire.Plan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan of one trial of a search: the same test, the searched load or the batches at a level,
 * the loads held as long as the trial lasts. Each trial draws values of its own, so that no two
 * measure the same luck.
 */
public final class TrialPlan {
  private static final double MILLIS_PER_SECOND = 1000;

  private TrialPlan() {}

  /** Whether a test is run by trials. */
  public static boolean searches(LoadTestSpec test) {
    return test.capacity() != null || test.sweep() != null;
  }

  /**
   * The plan of a trial.
   *
   * @param plan of the whole search
   * @param number of the trial, from 1
   * @param level users, a rate in the load's own unit of time, or a batch size
   * @param seconds how long the loads last
   */
  public static Plan of(Plan plan, int number, double level, double seconds) {
    LoadTestSpec test = plan.test();
    Capacity capacity = test.capacity();
    Sweep sweep = test.sweep();
    String name = capacity != null ? capacity.load() : sweep != null ? sweep.load() : null;
    String settle = capacity != null ? capacity.settle() : sweep != null ? sweep.settle() : "0s";
    boolean ofBatches = sweep != null && sweep.batchSizes() != null;
    // Batches have a size of their own; the loads stay as they are.
    int searched = ofBatches ? -1 : SearchCheck.searched(test.loads(), name).orElseThrow();
    List<Load> loads = new ArrayList<>();
    for (Load load : test.loads()) {
      Load held = load.warmUp() ? load : load.withDuration(duration(seconds));
      loads.add(
          loads.size() == searched
              ? at(held, level, Durations.parse(settle).toMillis() / MILLIS_PER_SECOND)
              : held);
    }
    LoadTestSpec trial = test.withLoads(loads, test.seed() + number);
    return plan.withTest(ofBatches ? trial.withBatchesOf((int) level) : trial);
  }

  private static Load at(Load load, double level, double settleSeconds) {
    Users users = load.users();
    Arrivals arrivals = load.arrivals();
    if (users != null) {
      int count = (int) level;
      // All of them run before half of the settling time is over.
      double spawnRate = Math.max(users.spawnRate(), 2 * count / Math.max(1, settleSeconds));
      return load.withUsers(new Users(count, spawnRate, null));
    }
    if (arrivals != null) {
      return load.withArrivals(arrivals.withRate(level));
    }
    throw new IllegalArgumentException(
        "load '" + load.name() + "' has no level to search; the check refuses that");
  }

  /** As the API writes it: a number has six digits before its point at most, so not in ms. */
  private static String duration(double seconds) {
    return BigDecimal.valueOf((long) (seconds * MILLIS_PER_SECOND), 3).toPlainString() + "s";
  }
}
