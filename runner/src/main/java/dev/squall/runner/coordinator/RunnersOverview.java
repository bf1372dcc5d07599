package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.RunnersStatus;
import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import java.util.List;
import java.util.Optional;

/** How the runners stand together; pure. */
final class RunnersOverview {
  private RunnersOverview() {}

  /**
   * How many are ready, have finished, are lost.
   *
   * @param merge a runner whose last second is there has finished, though it may not have said so
   */
  static RunnersStatus status(
      List<RunnerView> runners, IntervalMerge merge, Optional<ClockOffset.Skew> skew) {
    int ready = 0;
    int finished = 0;
    int lost = 0;
    for (RunnerView runner : runners) {
      boolean gone = runner.lost().isPresent();
      lost += gone ? 1 : 0;
      ready += runner.state().isPresent() && !runner.is(Phase.Preparing) ? 1 : 0;
      finished += !gone && (runner.is(Phase.Ended) || merge.done(runner.index)) ? 1 : 0;
    }
    return new RunnersStatus(
        runners.size(),
        ready,
        finished,
        lost,
        skew.map(ClockOffset.Skew::micros).orElse(null),
        skew.map(ClockOffset.Skew::errorMicros).orElse(null));
  }

  /** The datasets as the first runner that answered reads them. */
  static List<DatasetDigest> datasets(List<RunnerView> runners) {
    return runners.stream()
        .flatMap(r -> r.state().stream())
        .map(RunnerState::datasets)
        .findFirst()
        .orElse(List.of());
  }
}
