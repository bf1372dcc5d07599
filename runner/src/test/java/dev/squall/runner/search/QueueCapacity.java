package dev.squall.runner.search;

import java.util.List;

/**
 * A capacity search over a simulated queue.
 *
 * @param servers of the queue
 * @param serviceRate of each, a second
 * @param start rate that is tried first
 * @param objectives what is to be met
 */
record QueueCapacity(
    int servers, double serviceRate, double start, List<Objective.ResponseTime> objectives) {
  static final double PRECISION = 0.05;

  /** The true one. */
  double capacity() {
    return QueueTarget.capacity(servers, serviceRate, objectives);
  }

  /** The one found with a seed. */
  CapacityResult find(long seed) {
    QueueTarget target = new QueueTarget(servers, serviceRate, objectives, seed);
    CapacityGoal goal =
        new CapacityGoal(
            false,
            start,
            1,
            1e6,
            PRECISION,
            List.copyOf(objectives),
            CapacityGoal.Effort.standard());
    Capacity search = new Capacity(goal);
    Decision<CapacityResult> decision = search.first();
    while (true) {
      switch (decision) {
        case Decision.RunTrial<CapacityResult> trial ->
            target.begin(trial.level(), trial.settleSeconds());
        case Decision.GoOn<CapacityResult> goOn -> {}
        case Decision.Done<CapacityResult> done -> {
          return done.result();
        }
      }
      decision = search.next(target.measureOneMore());
    }
  }
}
