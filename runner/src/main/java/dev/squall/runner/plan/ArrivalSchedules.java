package dev.squall.runner.plan;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Arrivals;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.Replay;
import dev.squall.api.v1alpha1.Stage;
import dev.squall.runner.engine.arrival.ArrivalSchedule;
import dev.squall.runner.engine.arrival.Bounds;
import dev.squall.runner.engine.arrival.GroupedSchedule;
import dev.squall.runner.engine.arrival.LoadProfile;
import dev.squall.runner.engine.arrival.Per;
import dev.squall.runner.engine.arrival.RateProfile;
import dev.squall.runner.engine.arrival.RateSchedule;
import dev.squall.runner.engine.arrival.RecordedSchedule;
import java.util.Arrays;
import java.util.List;

/** Compiles the arrival schedules of open loads: by a rate over time, or by a log's instants. */
final class ArrivalSchedules {
  private ArrivalSchedules() {}

  /**
   * A load's schedule.
   *
   * @param field of its arrivals
   * @param seed what random arrivals are drawn from
   * @param datasets have the logs
   * @throws PlanException naming the field, if it has no schedule
   */
  static ArrivalSchedule compile(
      String field, Load load, Arrivals arrivals, long seed, Datasets datasets) {
    Replay replay = arrivals.replay();
    ArrivalSchedule each =
        replay != null
            ? replay(field + ".replay", load, replay, datasets)
            : RateSchedule.of(
                process(arrivals),
                new RateProfile(profile(field, arrivals), per(arrivals)),
                bounds(load),
                seed);
    String grouping = arrivals.grouping();
    return grouping == null ? each : new GroupedSchedule(each, Durations.parse(grouping).toNanos());
  }

  private static LoadProfile profile(String field, Arrivals arrivals) {
    List<Stage> stages = arrivals.stages();
    Double rate = arrivals.rate();
    if (stages != null) {
      return Stages.profile(field + ".stages", stages);
    }
    if (rate == null) {
      throw new PlanException(field, "set exactly one of rate, stages and replay");
    }
    return LoadProfile.constant(rate);
  }

  private static dev.squall.runner.engine.arrival.Arrivals process(Arrivals arrivals) {
    Double burstiness = arrivals.burstiness();
    return switch (arrivals.distribution()) {
      case Constant -> new dev.squall.runner.engine.arrival.Arrivals.Regular();
      case Poisson -> new dev.squall.runner.engine.arrival.Arrivals.Poisson(false);
      case Gamma ->
          new dev.squall.runner.engine.arrival.Arrivals.Gamma(
              burstiness == null ? 1 : burstiness, false);
    };
  }

  private static Per per(Arrivals arrivals) {
    return switch (arrivals.per()) {
      case Second -> Per.SECOND;
      case Minute -> Per.MINUTE;
      case Hour -> Per.HOUR;
    };
  }

  private static ArrivalSchedule replay(String field, Load load, Replay replay, Datasets datasets) {
    long[] instants = datasets.instants(field, replay);
    Long most = load.iterations();
    if (most != null && most < instants.length) {
      // Logs are written when requests end, so the first to begin are not the first lines.
      Arrays.sort(instants);
      instants = Arrays.copyOf(instants, Math.toIntExact(most));
    }
    return RecordedSchedule.of(instants, replay.speed());
  }

  private static Bounds bounds(Load load) {
    String duration = load.duration();
    Long iterations = load.iterations();
    return new Bounds(
        duration == null ? Bounds.NONE : Durations.parse(duration).toNanos(),
        iterations == null ? Bounds.NONE : iterations,
        false);
  }
}
