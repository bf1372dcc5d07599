package dev.squall.runner.control;

import dev.squall.api.wire.RunValidity.Engine;
import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.vitals.Machine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a runner stands, as it answers its coordinator.
 *
 * @param phase where it stands
 * @param fault what broke, null if nothing did; a runner with a fault makes the run Inconclusive
 * @param start the start it was told, null before
 * @param intervals number of the newest snapshot kept; snapshots are numbered from 1
 * @param users users running now
 * @param loadNanos how long the load took from the start instant to the last answer, null before
 *     its end
 * @param datasets content hash of each dataset as this runner reads it
 * @param machine what it runs on
 * @param preparing what it still opens before it is ready, in a few words; null if nothing
 * @param engine how it sends, null before it can
 * @param stoppedAfter number of the newest interval when the trial under way was told to end, or
 *     was ended by the runner itself for want of a coordinator: later ones are not of the level
 *     asked for; null while it goes on, and where it ended by itself
 */
public record RunnerState(
    Phase phase,
    @Nullable Fault fault,
    @Nullable StartOrder start,
    int intervals,
    int users,
    @Nullable Long loadNanos,
    List<DatasetDigest> datasets,
    Machine machine,
    @Nullable String preparing,
    @Nullable Engine engine,
    @Nullable Integer stoppedAfter) {

  /** Copies the list. */
  public RunnerState {
    datasets = List.copyOf(datasets);
  }

  /** One that opens nothing and does not tell how it sends. */
  public RunnerState(
      Phase phase,
      @Nullable Fault fault,
      @Nullable StartOrder start,
      int intervals,
      int users,
      @Nullable Long loadNanos,
      List<DatasetDigest> datasets,
      Machine machine) {
    this(phase, fault, start, intervals, users, loadNanos, datasets, machine, null, null, null);
  }

  /** Where a runner stands. */
  public enum Phase {
    /** Reads the plan and the datasets, opens what the load needs. */
    Preparing,
    /** Waits for the start; in a search, also for the next trial's. */
    Ready,
    /** Was told the start instant; sends from then on. */
    Running,
    /** Terminal: every snapshot is kept, until the results are stored. */
    Ended
  }

  /**
   * What broke.
   *
   * @param reason one CamelCase word
   * @param message what, and what to do
   */
  public record Fault(String reason, String message) {
    /** This program broke. */
    public static Fault ofRunner(String message) {
      return new Fault("RunnerBroken", message);
    }
  }

  /**
   * When the load starts.
   *
   * @param nanos start instant on the runner's own monotonic clock
   * @param epochMillis the same instant on the coordinator's wall clock, for the results
   * @param trial the trial of a search that starts, null where the whole load does
   */
  public record StartOrder(long nanos, long epochMillis, @Nullable Trial trial) {
    /** The start of the whole load. */
    public StartOrder(long nanos, long epochMillis) {
      this(nanos, epochMillis, null);
    }
  }

  /**
   * One trial of a search for levels of load.
   *
   * @param number from 1
   * @param level of what is searched: users, a rate, or a batch size
   * @param seconds how long the load lasts at most
   * @param afterInterval number of the interval that ends at its start instant: its own come after
   * @param before the trials before it that count, in order: from them and the seconds that the
   *     runners keep, a coordinator that begins anew finds where the search is. One that had to be
   *     tried again stands here once, as it was tried last
   */
  public record Trial(
      int number, double level, double seconds, int afterInterval, List<TrialSpan> before) {
    /** Copies the list. */
    public Trial {
      before = before == null ? List.of() : List.copyOf(before);
    }

    /** One of which nothing before is told. */
    public Trial(int number, double level, double seconds, int afterInterval) {
      this(number, level, seconds, afterInterval, List.of());
    }
  }

  /**
   * The intervals of a trial that has ended.
   *
   * @param afterInterval number of the interval that ended at its start instant
   * @param lastInterval number of the last that was merged when the trial after it was chosen
   */
  public record TrialSpan(int afterInterval, int lastInterval) {}
}
