package dev.squall.api.wire;

import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.ColdStart;
import dev.squall.api.v1alpha1.FailureReason;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.RunnersStatus;
import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.v1alpha1.TaskResult;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.v1alpha1.WarmUpResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The merged result of a run as far as it has come: what the coordinator answers to {@code GET
 * /v1/summary}. The operator copies it into the status, cut to size.
 *
 * @param run name of the run
 * @param phase Starting, Running, Finishing or Completed
 * @param verdict null until the load has ended and was judged
 * @param reason one CamelCase word for the verdict or for what is waited for, such as {@code
 *     ThresholdBroken}, {@code RunnerLost}, {@code TargetNotReady}; the condition's and event's
 *     reason
 * @param message a sentence: what, where, what to do
 * @param startTime start instant (RFC 3339), null before
 * @param completionTime when the verdict was reached (RFC 3339), null before
 * @param model model of the loads that make the result
 * @param users users running now; once ended, the peak
 * @param offered requests whose time had come, sent or not; once ended, {@code requests + dropped +
 *     interrupted}
 * @param requests completed requests: answered, failed or timed out, each once
 * @param failures failures among them
 * @param dropped arrivals that were never sent, because no more was allowed in flight
 * @param interrupted requests cut off at the end of the graceful stop, neither success nor failure
 * @param milliRequestsPerSecond completed requests per 1,000 s, over the load's whole duration
 * @param responseTime response times of the whole, null without a completed request
 * @param serviceTime service times of the whole (sent to last byte), null likewise
 * @param queueing the part of intended to sent that is the target's doing: no slot or connection
 *     was free; null without a request sent
 * @param lateness the rest of it, the engines' own; null likewise
 * @param loads each load, in the order of the spec, warm-up ones among them
 * @param warmUp what the warm-up loads did, null if there are none; all else leaves it out
 * @param coldStart the first answer after the start instant, null before
 * @param connections what opening connections took, and what went to which address
 * @param tasks one for each series that has a sample, by name then method, never cut here
 * @param failureReasons most frequent first, at most 50
 * @param thresholds in the order of the spec; empty until judged
 * @param capacity what a search for capacity has found so far, null where none is asked for
 * @param sweep the levels of a sweep so far, in its order
 * @param runners the runners
 * @param stored how storing the results stands
 * @param files the result files, once written
 * @param datasetSha256 the SHA-256 (hex) of each dataset as the runners saw it, by name order
 * @param validity what the runners measured of themselves
 */
public record Summary(
    String run,
    RunPhase phase,
    @Nullable Verdict verdict,
    String reason,
    String message,
    @Nullable String startTime,
    @Nullable String completionTime,
    LoadModel model,
    int users,
    long offered,
    long requests,
    long failures,
    long dropped,
    long interrupted,
    long milliRequestsPerSecond,
    @Nullable ResponseTimes responseTime,
    @Nullable ResponseTimes serviceTime,
    @Nullable ResponseTimes queueing,
    @Nullable ResponseTimes lateness,
    List<LoadResult> loads,
    @Nullable WarmUpResult warmUp,
    @Nullable ColdStart coldStart,
    ConnectionReport connections,
    List<TaskResult> tasks,
    List<FailureReason> failureReasons,
    List<ThresholdResult> thresholds,
    @Nullable CapacityStatus capacity,
    List<LevelResult> sweep,
    RunnersStatus runners,
    Stored stored,
    List<StoredFile> files,
    List<DatasetDigest> datasetSha256,
    RunValidity validity) {
  /** Copies the list; what an earlier version did not tell has its meaning of then. */
  public Summary {
    model = model == null ? LoadModel.Closed : model;
    sweep = sweep == null ? List.of() : List.copyOf(sweep);
    loads = loads == null ? List.of() : List.copyOf(loads);
    connections = connections == null ? ConnectionReport.none() : connections;
    validity = validity == null ? RunValidity.none() : validity;
  }

  /** The same with another list of files. */
  public Summary withFiles(List<StoredFile> others) {
    return new Summary(
        run,
        phase,
        verdict,
        reason,
        message,
        startTime,
        completionTime,
        model,
        users,
        offered,
        requests,
        failures,
        dropped,
        interrupted,
        milliRequestsPerSecond,
        responseTime,
        serviceTime,
        queueing,
        lateness,
        loads,
        warmUp,
        coldStart,
        connections,
        tasks,
        failureReasons,
        thresholds,
        capacity,
        sweep,
        runners,
        stored,
        List.copyOf(others),
        datasetSha256,
        validity);
  }

  /**
   * How storing the results stands.
   *
   * @param state where it stands
   * @param message where the files are, or why they could not be stored and what to do
   */
  public record Stored(State state, String message) {
    /** Where storing stands. */
    public enum State {
      /** Not begun, or being retried. */
      Pending,
      /** Stored in object storage or on a volume. */
      Stored,
      /** Could not be stored; the coordinator serves the files for {@code linger}. */
      Failed,
      /** No storage asked for; the coordinator serves the files for {@code linger}. */
      Kept
    }
  }

  /**
   * Content hash of a dataset.
   *
   * @param name name of the dataset
   * @param sha256 lower-case hex
   */
  public record DatasetDigest(String name, String sha256) {}
}
