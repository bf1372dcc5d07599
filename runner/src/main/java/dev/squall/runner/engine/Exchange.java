package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a user or a slot, one at a time, from their start to their outcome: resolving,
 * connecting, sending, and the answer or its absence. Records each, then tells the owner. Keeps the
 * connection from one to the next. Only the event loop calls it.
 */
final class Exchange extends Timers.Timer {
  private static final long RESOLVE_POLL_NANOS = 1_000_000;

  /** Whose requests they are. */
  interface Owner {
    /** A request is over, and recorded. */
    void completed(long doneNanos, boolean failed);

    /** The request under way was given up. */
    void interrupted(long nowNanos);
  }

  private enum Doing {
    NOTHING,
    RESOLVING,
    CONNECTING,
    AWAITING
  }

  private final UserLoop loop;
  private final LoadRun run;
  private final Owner owner;
  private final long user;
  private final Carried carried;
  private final Instants instants = new Instants();
  private Doing doing = Doing.NOTHING;
  private Script.Request request;
  private long iteration;
  private int step;
  private long deadline;
  private long connectDeadline;
  private long stopBy = Timers.NEVER;
  private long resolverAnswers;
  private int connections;
  private boolean sentAgain;
  private @Nullable Connection connection;

  /**
   * No request yet.
   *
   * @param user number of the user, part of every drawn value's key
   * @param first which of the target's addresses the first connection goes to
   * @param script what the requests are from, or the one that captures most
   */
  Exchange(LoadRun run, Owner owner, long user, int first, Script script) {
    this.run = run;
    this.loop = run.loop;
    this.owner = owner;
    this.user = user;
    this.carried = new Carried(script.captureSlots, loop.datasets());
    this.request = script.tasks[0][0];
    this.connections = first;
  }

  /** Whether a request is under way. */
  boolean active() {
    return doing != Doing.NOTHING;
  }

  /** What is carried from one request to the next. */
  Carried carried() {
    return carried;
  }

  /**
   * Starts a request that is keyed by iteration and step.
   *
   * @param queueingNanos how much of the time since it was intended is the target's doing
   */
  void start(
      Script.Request next,
      long keyIteration,
      int keyStep,
      long intendedNanos,
      long queueingNanos,
      long nowNanos) {
    request = next;
    iteration = keyIteration;
    step = keyStep;
    instants.intend(intendedNanos, queueingNanos);
    sentAgain = false;
    carried.begin(next);
    deadline = nowNanos + next.timeoutNanos;
    connectDeadline = Math.min(deadline, nowNanos + loop.connectTimeoutNanos());
    resolverAnswers = loop.addresses().answers();
    loop.requestBegun();
    attempt(nowNanos);
  }

  /** Opens the connection before the first request, if an address is known by now. */
  void connect() {
    List<InetSocketAddress> addresses = loop.addresses().known();
    if (connection == null && !addresses.isEmpty()) {
      open(addresses);
    }
  }

  private void open(List<InetSocketAddress> addresses) {
    // Each further connection goes to the next address, so that all of them get their part.
    int turn = connections++ & Integer.MAX_VALUE;
    connection = new Connection(loop, this);
    connection.open(addresses.get(turn % addresses.size()));
  }

  /** Sends the request, on the connection there is or a new one. */
  private void attempt(long now) {
    if (connection != null && connection.idle()) {
      send(connection);
      return;
    }
    if (!following()) {
      instants.hold(now);
    }
    if (connection != null && connection.connecting()) {
      doing = Doing.CONNECTING;
      arm(connectDeadline);
      return;
    }
    disconnect();
    List<InetSocketAddress> addresses = loop.addresses().known();
    if (!addresses.isEmpty()) {
      doing = Doing.CONNECTING;
      arm(connectDeadline);
      open(addresses);
    } else if (now >= connectDeadline || loop.addresses().answers() > resolverAnswers) {
      fail(Faults.UNRESOLVED, now, false, 0);
    } else {
      doing = Doing.RESOLVING;
      arm(now + RESOLVE_POLL_NANOS);
    }
  }

  private void arm(long nanos) {
    loop.timers().set(this, Math.min(nanos, stopBy));
  }

  /** The connection is there. */
  void connected() {
    if (doing == Doing.CONNECTING && connection != null) {
      send(connection);
    }
  }

  private void send(Connection open) {
    boolean first = !following();
    if (first) {
      instants.release();
    }
    doing = Doing.AWAITING;
    arm(deadline);
    Draw draw = loop.draw().at(user, iteration, step).rowsUsed(carried.rowsUsed());
    var encoded = loop.encode(request.encoder, draw, carried.captured(), carried.browsing(request));
    if (first) {
      instants.stampSent();
    }
    open.send(encoded, request.head, request.needs);
  }

  @Override
  void fire(long now) {
    if (now >= stopBy) {
      giveUp(now);
      return;
    }
    switch (doing) {
      case RESOLVING -> attempt(now);
      case CONNECTING -> {
        boolean handshaking = connection != null && connection.handshaking();
        disconnect();
        fail(handshaking ? Faults.TLS_TIMEOUT : Faults.CONNECT_TIMEOUT, now, false, 0);
      }
      case AWAITING -> {
        disconnect();
        fail(Faults.TIMEOUT, now, true, 0);
      }
      case NOTHING -> {}
    }
  }

  /** No connection could be made. */
  void connectFailed(Refusal refusal) {
    connection = null;
    if (doing == Doing.CONNECTING) {
      fail(refusal, System.nanoTime(), false, 0);
    }
  }

  /** The connection is gone, or not to be used again. */
  void disconnected() {
    connection = null;
  }

  /**
   * The connection was lost before the answer was complete.
   *
   * @param neverReached whether the target had closed before the request came; it was never served
   *     then, so it is sent again, once
   */
  void lost(Refusal refusal, boolean neverReached, long contentBytes) {
    if (neverReached && !sentAgain) {
      sentAgain = true;
      if (!following()) {
        instants.holdSinceSent();
      }
      attempt(System.nanoTime());
    } else {
      fail(refusal, System.nanoTime(), true, contentBytes);
    }
  }

  /** Whether what is sent is where an answer to this request has led. */
  private boolean following() {
    Browsing browsing = carried.browsing(request);
    return browsing != null && browsing.following();
  }

  /** Keeps an answer's cookies; whether it led on, or could not, and so is not the last word. */
  private boolean ledOn(Browsing browsing, ResponseParser answer, long done) {
    Refusal refusal = browsing.look(answer.status(), answer.kept().headers(), request.redirects);
    boolean on = browsing.redirected();
    if (refusal != null) {
      fail(refusal, done, true, answer.contentBytes());
    } else if (on) {
      sentAgain = false;
      attempt(done);
    }
    return refusal != null || on;
  }

  /** A whole answer came. */
  void answered(ResponseParser answer, long done) {
    Browsing browsing = carried.browsing(request);
    if (browsing != null && ledOn(browsing, answer, done)) {
      return;
    }
    loop.answered(done, done - instants.intended());
    record(done, answer.contentBytes());
    Refusal refusal = judge(answer, done);
    if (refusal != null) {
      loop.fail(run.number, request.series, refusal);
    }
    complete(done, refusal != null);
  }

  private void record(long done, long contentBytes) {
    loop.recording()
        .record(
            run.number,
            request.series,
            instants.intended(),
            instants.sent(),
            done,
            instants.queueing(),
            contentBytes);
  }

  private @Nullable Refusal judge(ResponseParser answer, long done) {
    if (request.checks.length == 0 && request.captures.length == 0) {
      return null;
    }
    ParsedResponse response = loop.response();
    String unreadable = response.look(answer, done - instants.intended());
    return carried.judge(request, response, unreadable);
  }

  private void fail(Refusal refusal, long done, boolean wasSent, long contentBytes) {
    if (wasSent || following()) {
      record(done, contentBytes);
    } else {
      loop.recording().recordUnsent(run.number, request.series, instants.intended(), done);
    }
    loop.fail(run.number, request.series, refusal);
    complete(done, true);
  }

  private void complete(long done, boolean failed) {
    doing = Doing.NOTHING;
    loop.timers().cancel(this);
    loop.requestOver();
    carried.used(request);
    owner.completed(done, failed);
  }

  /** Gives further requests until a deadline, at which they are interrupted. */
  void limit(long nanos) {
    stopBy = nanos;
  }

  /** Gives this and further requests until a deadline, if that is earlier than the one given. */
  void stopBy(long nanos) {
    stopBy = Math.min(stopBy, nanos);
    if (active()) {
      arm(atNanos());
    }
  }

  /** Gives up the request that is under way, neither success nor failure. */
  void interrupt() {
    giveUp(System.nanoTime());
  }

  private void giveUp(long now) {
    close();
    doing = Doing.NOTHING;
    loop.requestOver();
    loop.recording().interrupted(run.number, 1);
    owner.interrupted(now);
  }

  /** Ends it for good. */
  void close() {
    loop.timers().cancel(this);
    disconnect();
  }

  private void disconnect() {
    if (connection != null) {
      connection.reset();
      connection = null;
    }
  }
}
