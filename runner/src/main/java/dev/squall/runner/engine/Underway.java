package dev.squall.runner.engine;

import dev.squall.runner.engine.RequestTemplate.Streaming;
import org.jspecify.annotations.Nullable;

/**
 * The request that an {@link Exchange} has under way: what it is made from, its instants, and how
 * its outcome is judged and recorded. Only the event loop calls it.
 */
final class Underway implements Trace.Request {
  private final UserLoop loop;
  private LoadRun run;
  private long user;
  private Carried carried;
  private final Instants instants = new Instants();
  private Script.Request request;
  private long iteration;
  private int step;

  /** Times the parts of answers, from the first request on whose answer is streamed. */
  private @Nullable Streamed streamed;

  /**
   * No request yet.
   *
   * @param user number of the user, part of every drawn value's key
   * @param carried what is carried from one request to the next
   * @param any one of the requests
   */
  Underway(LoadRun run, long user, Carried carried, Script.Request any) {
    this.run = run;
    this.loop = run.loop;
    this.user = user;
    this.carried = carried;
    this.request = any;
  }

  /** From here on it is another user's; none is under way. */
  void serve(LoadRun other, long otherUser, Carried others) {
    run = other;
    user = otherUser;
    carried = others;
  }

  /** A request begins, keyed by iteration and step. */
  void begin(
      Script.Request next, long keyIteration, int keyStep, long intendedNanos, long queueingNanos) {
    request = next;
    iteration = keyIteration;
    step = keyStep;
    instants.intend(intendedNanos, queueingNanos);
    carried.begin(next);
  }

  /** No carrier is ready for it: from here on it waits for the target. */
  void hold(long now) {
    if (!following()) {
      instants.hold(now);
    }
  }

  /** The target lost what was sent, unserved: it is to be sent again. */
  void lost() {
    if (!following()) {
      instants.holdSinceSent();
    }
  }

  /** Whether what is sent is where an answer to this request has led. */
  private boolean following() {
    Browsing browsing = carried.browsing(request);
    return browsing != null && browsing.following();
  }

  /** Who times the parts of its answer, null for nobody. */
  @Nullable Streamed streamed() {
    return request.streaming == null ? null : streamed;
  }

  /** When to look next whether its answer still streams. */
  long lookAgain(long now) {
    long between =
        request.streaming == null ? Streaming.ANY_TIME : request.streaming.betweenTimeoutNanos();
    if (streamed == null || between == Streaming.ANY_TIME) {
      return Timers.NEVER;
    }
    long next = streamed.nextBy();
    return next == Timers.NEVER ? now + between : next;
  }

  /** Whether its answer has begun to stream, and was silent for too long since. */
  boolean silent(long now) {
    return request.streaming != null && streamed != null && now >= streamed.nextBy();
  }

  /** Sends it. */
  void send(Carrier carrier) {
    boolean first = !following();
    Streaming streaming = request.streaming;
    if (streaming != null && streamed == null) {
      streamed = new Streamed(loop.recordings::now);
    }
    if (first) {
      instants.release();
    }
    carrier.encode(
        request,
        loop.draw().at(user, iteration, step).rowsUsed(carried.rowsUsed()),
        carried.captured(),
        carried.browsing(request));
    if (first) {
      instants.stampSent();
    }
    if (streaming != null && streamed != null) {
      streamed.begin(streaming, run.number, request.series, instants.sent());
    }
    carrier.write();
  }

  /**
   * Keeps an answer's cookies, and looks whether it leads on.
   *
   * @return null, or why where it leads cannot be followed
   */
  @Nullable Refusal look(Answer answer) {
    Browsing browsing = carried.browsing(request);
    return browsing == null
        ? null
        : browsing.look(answer.status(), answer.kept().headers(), request.redirects);
  }

  /** Whether the answer last looked at led on, to what is yet to be sent. */
  boolean ledOn() {
    Browsing browsing = carried.browsing(request);
    return browsing != null && browsing.redirected();
  }

  /**
   * Judges and records a whole answer.
   *
   * @return whether it is a failure
   */
  boolean answered(Answer answer, long done) {
    loop.recordings.answered(done, done - instants.intended());
    record(done, answer.contentBytes());
    Refusal refusal = judge(answer, done);
    if (refusal != null) {
      loop.recordings.fail(run.number, request.series, refusal);
    }
    trace(done, refusal == null ? Trace.Outcome.EXPECTED : Trace.Outcome.FAILED);
    return refusal != null;
  }

  private void trace(long done, Trace.Outcome outcome) {
    Trace trace = loop.recordings.trace();
    if (trace != null) {
      trace.over(this, done, outcome);
    }
  }

  private @Nullable Refusal judge(Answer answer, long done) {
    if (request.checks.length == 0 && request.captures.length == 0) {
      return null;
    }
    ParsedResponse response = loop.scratch.response();
    String unreadable = response.look(answer, done - instants.intended());
    return carried.judge(request, response, unreadable);
  }

  private void record(long done, long contentBytes) {
    loop.recordings
        .now()
        .record(
            run.number,
            request.series,
            instants.intended(),
            instants.sent(),
            done,
            instants.queueing(),
            contentBytes);
  }

  /**
   * Records a failure.
   *
   * @param wasSent whether it was sent
   */
  void failed(Refusal refusal, long done, boolean wasSent, long contentBytes) {
    boolean sent = wasSent || following();
    if (sent) {
      record(done, contentBytes);
    } else {
      loop.recordings.now().recordUnsent(run.number, request.series, instants.intended(), done);
    }
    loop.recordings.fail(run.number, request.series, refusal);
    trace(done, sent ? Trace.Outcome.FAILED : Trace.Outcome.UNSENT);
  }

  @Override
  public int load() {
    return run.number;
  }

  @Override
  public int series() {
    return request.series;
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

  /** Counts it as given up. */
  void interrupted() {
    loop.recordings.now().interrupted(run.number, 1);
  }

  /** It is over, and has used its rows. */
  void over() {
    carried.used(request);
  }
}
