package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/**
 * The account of one request after the other: whose it is, its instants, and how its outcome is
 * counted, in the recordings and in the trace. Only the event loop calls it.
 */
final class RequestAccount implements Trace.Request {
  final Instants instants = new Instants();

  private final Recordings recordings;
  private LoadRun run;
  private long user;
  private int series;
  private long iteration;
  private int step;

  /** No request yet. */
  RequestAccount(LoadRun run, long user) {
    this.recordings = run.loop.recordings;
    this.run = run;
    this.user = user;
  }

  /** From here on it is another user's. */
  void serve(LoadRun other, long otherUser) {
    run = other;
    user = otherUser;
  }

  /** A request begins, keyed by iteration and step. */
  void begin(int ofSeries, long keyIteration, int keyStep) {
    series = ofSeries;
    iteration = keyIteration;
    step = keyStep;
  }

  /** A whole answer came; it is yet to be judged. */
  void answered(long done, long contentBytes) {
    recordings.answered(done, done - instants.intended());
    record(done, contentBytes);
  }

  /**
   * The answer is judged.
   *
   * @param refusal why it is a failure; null if it is none
   */
  void judged(@Nullable Refusal refusal, long done) {
    if (refusal != null) {
      recordings.fail(run.number, series, refusal);
    }
    trace(done, refusal == null ? Trace.Outcome.EXPECTED : Trace.Outcome.FAILED);
  }

  /** It failed without a whole answer. */
  void failed(Refusal refusal, long done, boolean sent, long contentBytes) {
    if (sent) {
      record(done, contentBytes);
    } else {
      recordings.now().recordUnsent(run.number, series, instants.intended(), done);
    }
    recordings.fail(run.number, series, refusal);
    trace(done, sent ? Trace.Outcome.FAILED : Trace.Outcome.UNSENT);
  }

  /** It is given up. */
  void interrupted() {
    recordings.now().interrupted(run.number, 1);
  }

  private void record(long done, long contentBytes) {
    recordings
        .now()
        .record(
            run.number,
            series,
            instants.intended(),
            instants.sent(),
            done,
            instants.queueing(),
            contentBytes);
  }

  private void trace(long done, Trace.Outcome outcome) {
    Trace trace = recordings.trace();
    if (trace != null) {
      trace.over(this, done, outcome);
    }
  }

  @Override
  public int load() {
    return run.number;
  }

  @Override
  public int series() {
    return series;
  }

  @Override
  public long user() {
    return user;
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public int step() {
    return step;
  }

  @Override
  public long intendedNanos() {
    return instants.intended();
  }

  @Override
  public long sentNanos() {
    return instants.sent();
  }

  @Override
  public long queueingNanos() {
    return instants.queueing();
  }
}
