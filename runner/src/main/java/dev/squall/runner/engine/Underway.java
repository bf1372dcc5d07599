package dev.squall.runner.engine;

import dev.squall.runner.engine.RequestTemplate.Streaming;
import org.jspecify.annotations.Nullable;

/**
 * The request that an {@link Exchange} has under way: what it is made from, how it is sent, and how
 * its answer is judged. Only the event loop calls it.
 */
final class Underway {
  private final UserLoop loop;
  private final RequestAccount account;
  private final Instants instants;
  private Carried carried;
  private Script.Request request;

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
    this.loop = run.loop;
    this.account = new RequestAccount(run, user);
    this.instants = account.instants;
    this.carried = carried;
    this.request = any;
  }

  /** From here on it is another user's; none is under way. */
  void serve(LoadRun other, long otherUser, Carried others) {
    account.serve(other, otherUser);
    carried = others;
  }

  /** A request begins, keyed by iteration and step. */
  void begin(
      Script.Request next, long keyIteration, int keyStep, long intendedNanos, long queueingNanos) {
    request = next;
    account.begin(next.series, keyIteration, keyStep);
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
        loop.draw()
            .at(account.user(), account.iteration(), account.step())
            .rowsUsed(carried.rowsUsed()),
        carried.captured(),
        carried.browsing(request));
    if (first) {
      instants.stampSent();
    }
    if (streaming != null && streamed != null) {
      streamed.begin(streaming, account.load(), request.series, instants.sent());
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
    account.answered(done, answer.contentBytes());
    Refusal refusal = judge(answer, done);
    account.judged(refusal, done);
    return refusal != null;
  }

  private @Nullable Refusal judge(Answer answer, long done) {
    if (request.checks.length == 0 && request.captures.length == 0) {
      return null;
    }
    ParsedResponse response = loop.scratch.response();
    String unreadable = response.look(answer, done - instants.intended());
    return carried.judge(request, response, unreadable);
  }

  /**
   * Records a failure.
   *
   * @param wasSent whether it was sent
   */
  void failed(Refusal refusal, long done, boolean wasSent, long contentBytes) {
    account.failed(refusal, done, wasSent || following(), contentBytes);
  }

  /** Counts it as given up. */
  void interrupted() {
    account.interrupted();
  }

  /** It is over, and has used its rows. */
  void over() {
    carried.used(request);
  }
}
