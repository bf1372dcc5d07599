package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Dataset;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.recording.FailureKind;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual user: runs its script request by request, and is its own timer, since it never waits
 * for two things at once. Only its event loop calls it.
 */
final class User extends Timers.Timer {
  private static final long RESOLVE_POLL_NANOS = 1_000_000;
  private static final int[] NO_ROWS = {};
  private static final @Nullable String[] NO_CAPTURES = {};

  private enum Phase {
    NOT_STARTED,
    ON_START,
    ITERATING,
    ON_STOP,
    ENDED
  }

  private enum Doing {
    PAUSING,
    RESOLVING,
    CONNECTING,
    AWAITING
  }

  private final UserLoop loop;
  private final LoadRun load;
  private final Script script;
  private final long number;
  private final long dueNanos;
  private final @Nullable String[] captured;
  private final int[] rowsUsed;
  private Phase phase = Phase.NOT_STARTED;
  private Doing doing = Doing.PAUSING;
  private long budget;
  private long onStopBudget;
  private long iteration;
  private int position;
  private int step;
  private Script.Request[] task;
  private long intended;
  private long slot;
  private long sent;
  private long deadline;
  private long connectDeadline;
  private long stopBy = Timers.NEVER;
  private long resolverAnswers;
  private int connections;
  private boolean sentAgain;
  private @Nullable Connection connection;

  /**
   * A user that has not started.
   *
   * @param number global number of the user
   * @param dueNanos when it is due, after the start instant
   * @param budget how many requests it may start
   * @param datasets number of datasets of the test
   */
  User(
      UserLoop loop,
      LoadRun load,
      Script script,
      long number,
      long dueNanos,
      long budget,
      int datasets) {
    this.loop = loop;
    this.dueNanos = dueNanos;
    this.load = load;
    this.script = script;
    this.number = number;
    this.onStopBudget = Math.min(budget, script.onStopRequests);
    this.budget = budget == Long.MAX_VALUE ? budget : budget - onStopBudget;
    this.captured =
        script.captureSlots == 0 ? NO_CAPTURES : new @Nullable String[script.captureSlots];
    this.rowsUsed = datasets == 0 ? NO_ROWS : new int[datasets];
    this.task = script.tasks[0];
    this.connections = (int) (number & Integer.MAX_VALUE);
  }

  /** Names the start instant of the run. */
  void begin(long startNanos) {
    if (budget == 0 && onStopBudget == 0) {
      end();
      return;
    }
    intended = startNanos + dueNanos;
    loop.timers().set(this, intended);
  }

  LoadRun load() {
    return load;
  }

  @Override
  void fire(long now) {
    switch (doing) {
      case PAUSING -> {
        if (phase == Phase.NOT_STARTED) {
          loop.userStarted();
          phase = Phase.ON_START;
        }
        nextTask(now);
      }
      case RESOLVING, CONNECTING, AWAITING -> {
        if (now >= stopBy) {
          interrupt();
        } else if (doing == Doing.AWAITING && now >= deadline) {
          disconnect();
          failed(Faults.TIMEOUT, now, true, 0);
        } else if (doing == Doing.RESOLVING) {
          attempt(now);
        } else {
          boolean handshaking = connection != null && connection.handshaking();
          disconnect();
          failed(handshaking ? Faults.TLS_TIMEOUT : Faults.CONNECT_TIMEOUT, now, false, 0);
        }
      }
    }
  }

  /** Chooses the next task and starts its first request. */
  private void nextTask(long now) {
    if (phase == Phase.ON_START && position == script.onStart.length) {
      phase = Phase.ITERATING;
      slot = intended;
    }
    switch (phase) {
      case ON_START -> task = script.onStart[position++];
      case ITERATING -> {
        double drawn = loop.draw().at(number, iteration, 0).unit(Draw.TASK, 0);
        task = script.tasks[script.weights.pick(drawn)];
      }
      case ON_STOP -> {
        if (position == script.onStop.length) {
          end();
          return;
        }
        task = script.onStop[position++];
      }
      case NOT_STARTED, ENDED -> {
        return;
      }
    }
    step = 0;
    nextRequest(now);
  }

  private void nextRequest(long now) {
    if (loop.stopping()) {
      end();
    } else if (phase == Phase.ON_STOP) {
      if (onStopBudget == 0 || now >= stopBy) {
        end();
        return;
      }
      onStopBudget--;
      start(now);
    } else if (budget == 0 || load.ended() || !rowsLeft()) {
      windUp(now);
    } else {
      budget--;
      start(now);
    }
  }

  private boolean rowsLeft() {
    for (Dataset dataset : task[step].datasets) {
      if (!dataset.hasRow(number, loop.draw().users(), rowsUsed[dataset.slot()])) {
        return false;
      }
    }
    return true;
  }

  private void start(long now) {
    sentAgain = false;
    deadline = now + task[step].timeoutNanos;
    connectDeadline = Math.min(deadline, now + loop.connectTimeoutNanos());
    resolverAnswers = loop.addresses().answers();
    attempt(now);
  }

  /** Sends the request, on the connection there is or a new one. */
  private void attempt(long now) {
    if (connection != null && connection.idle()) {
      send(connection);
      return;
    }
    disconnect();
    List<InetSocketAddress> addresses = loop.addresses().known();
    if (!addresses.isEmpty()) {
      doing = Doing.CONNECTING;
      loop.timers().set(this, Math.min(connectDeadline, stopBy));
      // Each further connection goes to the next address, so that all of them get their part.
      int turn = connections++ & Integer.MAX_VALUE;
      connection = new Connection(loop, this);
      connection.open(addresses.get(turn % addresses.size()));
    } else if (now >= connectDeadline || loop.addresses().answers() > resolverAnswers) {
      failed(Faults.UNRESOLVED, now, false, 0);
    } else {
      doing = Doing.RESOLVING;
      loop.timers().set(this, Math.min(now + RESOLVE_POLL_NANOS, stopBy));
    }
  }

  /** The connection is there. */
  void connected() {
    if (doing == Doing.CONNECTING && connection != null) {
      send(connection);
    }
  }

  private void send(Connection open) {
    Script.Request request = task[step];
    doing = Doing.AWAITING;
    loop.timers().set(this, Math.min(deadline, stopBy));
    Draw draw = loop.draw().at(number, iteration, step).rowsUsed(rowsUsed);
    var encoded = loop.encode(request.encoder, draw, captured);
    sent = System.nanoTime();
    open.send(encoded, request.head, request.needs);
  }

  /** No connection could be made. */
  void connectFailed(Refusal refusal) {
    connection = null;
    failed(refusal, System.nanoTime(), false, 0);
  }

  /** The connection is gone, or not to be used again. */
  void disconnected() {
    connection = null;
  }

  /** The connection was lost before the answer was complete. */
  void lost(Refusal refusal, boolean neverReached, long contentBytes) {
    if (neverReached && !sentAgain) {
      // The target had closed before the request came: it was never served, so it is sent again.
      sentAgain = true;
      attempt(System.nanoTime());
    } else {
      failed(refusal, System.nanoTime(), true, contentBytes);
    }
  }

  /** A whole answer came. */
  void answered(ResponseParser answer, long done) {
    Script.Request request = task[step];
    loop.recording().record(request.series, intended, sent, done, answer.contentBytes());
    Refusal refusal = judge(request, answer, done);
    if (refusal != null) {
      loop.fail(request.series, refusal);
    }
    completed(done, refusal != null);
  }

  private @Nullable Refusal judge(Script.Request request, ResponseParser answer, long done) {
    if (request.checks.length == 0 && request.captures.length == 0) {
      return null;
    }
    Response response = loop.response(answer, done - intended);
    try {
      for (Check check : request.checks) {
        Refusal refusal = check.check(response);
        if (refusal != null) {
          return refusal;
        }
      }
      for (int i = 0; i < request.captures.length; i++) {
        Capture capture = request.captures[i];
        String value = capture.extractor().extract(response);
        if (value == null) {
          return request.notCaptured[i];
        }
        captured[capture.slot()] = value;
      }
      return null;
    } catch (RuntimeException e) {
      // A check must not end the event loop with all its users.
      return new Refusal(
          FailureKind.EXPECTATION, "the check broke: " + e.getClass().getSimpleName());
    }
  }

  private void failed(Refusal refusal, long done, boolean wasSent, long contentBytes) {
    int series = task[step].series;
    if (wasSent) {
      loop.recording().record(series, intended, sent, done, contentBytes);
    } else {
      loop.recording().recordUnsent(series, intended, done);
    }
    loop.fail(series, refusal);
    completed(done, true);
  }

  private void completed(long done, boolean failed) {
    loop.timers().cancel(this);
    for (Dataset dataset : task[step].datasets) {
      rowsUsed[dataset.slot()]++;
    }
    if (!failed && step + 1 < task.length) {
      step++;
      intended = done;
      nextRequest(done);
      return;
    }
    iteration++;
    intended = done;
    if (phase == Phase.ITERATING) {
      switch (script.pause) {
        case Wait.None() -> {}
        case Wait.Constant(long nanos) -> intended = done + nanos;
        case Wait.Between(long min, long max) ->
            intended =
                done
                    + min
                    + loop.draw().at(number, iteration, 0).below(max - min + 1, Draw.WAIT, 0);
        case Wait.Pacing(long interval) -> {
          slot += interval;
          intended = slot;
        }
      }
    }
    // After a failure the next request waits for the next turn of the event loop, lest failures
    // that need no network keep it from ever turning.
    if (failed || intended > done) {
      doing = Doing.PAUSING;
      loop.timers().set(this, Math.max(intended, done));
    } else {
      nextTask(done);
    }
  }

  /** The load ends by itself: onStop tasks, then the end. */
  private void windUp(long now) {
    boolean running = phase == Phase.ON_START || phase == Phase.ITERATING;
    stopBy = Math.min(stopBy, load.stopBy(now));
    if (!running || script.onStop.length == 0 || onStopBudget == 0 || now >= stopBy) {
      end();
      return;
    }
    phase = Phase.ON_STOP;
    position = 0;
    intended = now;
    nextTask(now);
  }

  /** The load's duration is over: ends a user that pauses, gives one in flight until a deadline. */
  void loadEnded(long now) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (doing == Doing.PAUSING) {
      loop.timers().cancel(this);
      windUp(now);
    } else {
      finishBy(load.stopBy(now));
    }
  }

  /** Starts no further request; ends at once if none is in flight. */
  void stop(long now) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (doing == Doing.PAUSING) {
      end();
    } else {
      finishBy(load.stopBy(now));
    }
  }

  private void finishBy(long nanos) {
    stopBy = Math.min(stopBy, nanos);
    loop.timers().set(this, Math.min(atNanos(), stopBy));
  }

  /** Ends at once; a request in flight counts as interrupted. */
  void abort() {
    if (phase == Phase.ENDED) {
      return;
    }
    if (doing == Doing.PAUSING) {
      end();
    } else {
      interrupt();
    }
  }

  private void interrupt() {
    loop.recording().interrupted();
    end();
  }

  private void end() {
    boolean started = phase != Phase.NOT_STARTED;
    phase = Phase.ENDED;
    doing = Doing.PAUSING;
    loop.timers().cancel(this);
    disconnect();
    loop.userEnded(started);
  }

  private void disconnect() {
    if (connection != null) {
      connection.reset();
      connection = null;
    }
  }
}
