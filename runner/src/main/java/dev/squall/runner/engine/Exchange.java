package dev.squall.runner.engine;

/**
 * The requests of a user or a slot, one at a time, from their start to their outcome. Records each,
 * then tells the owner. Only the event loop calls it.
 */
final class Exchange extends Carriage {
  /** How often a request that the target refuses unserved is sent again. */
  private static final int MOST_REFUSALS = 5;

  /** Whose requests they are. */
  interface Owner {
    /** A request is over, and recorded. */
    void completed(long doneNanos, boolean failed);

    /** The request under way was given up. */
    void interrupted(long nowNanos);
  }

  private final Chain.Link<Exchange> place = new Chain.Link<>(this);
  private final int first;
  private Owner owner;
  private int turns;
  private boolean sentAgain;
  private int refusals;

  /**
   * No request yet.
   *
   * @param user number of the user, part of every drawn value's key
   * @param first which of the target's addresses the first connection goes to
   * @param carried what is carried from one request to the next
   * @param any one of the requests
   */
  Exchange(LoadRun run, Owner owner, long user, int first, Carried carried, Script.Request any) {
    super(run.loop, new Underway(run, user, carried, any));
    this.owner = owner;
    this.first = first & Integer.MAX_VALUE;
    this.turns = first;
  }

  /** From here on it does another owner's requests; there is none under way. */
  void serve(LoadRun run, Owner other, long user, Carried carried) {
    owner = other;
    underway.serve(run, user, carried);
  }

  /** Its place among those that wait for a connection. */
  Chain.Link<Exchange> place() {
    return place;
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
    underway.begin(next, keyIteration, keyStep, intendedNanos, queueingNanos);
    sentAgain = false;
    refusals = 0;
    loop.requestBegun();
    begin(next.timeoutNanos, nowNanos);
  }

  /** Opens the connection before the first request, if an address is known by now. */
  void connect() {
    if (!hasCarrier()) {
      loop.connections().prepare(this);
    }
  }

  /** Which of the target's addresses its first connection goes to. */
  int first() {
    return first;
  }

  /** Which of the target's addresses the next connection goes to: each time the one after. */
  int turn() {
    return turns++ & Integer.MAX_VALUE;
  }

  @Override
  Connections.Taken take() {
    return loop.connections().take(this);
  }

  @Override
  void forget() {
    loop.connections().forget(this);
  }

  /**
   * The carrier was lost before the answer was complete.
   *
   * @param neverReached whether the target has not served the request, and will not; it is sent
   *     again then, once
   */
  void lost(Refusal refusal, boolean neverReached, long contentBytes) {
    if (neverReached && !sentAgain) {
      sentAgain = true;
      underway.lost();
      attempt(System.nanoTime());
    } else {
      fail(refusal, System.nanoTime(), true, contentBytes);
    }
  }

  /** The target says that it has not served the request and will not: it is sent again. */
  void refused(Refusal refusal, long contentBytes) {
    if (refusals++ < MOST_REFUSALS) {
      underway.lost();
      attempt(System.nanoTime());
    } else {
      fail(refusal, System.nanoTime(), true, contentBytes);
    }
  }

  /** A whole answer came. */
  void answered(Answer answer, long done) {
    Refusal astray = underway.look(answer);
    if (astray != null) {
      fail(astray, done, true, answer.contentBytes());
    } else if (underway.ledOn()) {
      sentAgain = false;
      attempt(done);
    } else {
      complete(done, underway.answered(answer, done));
    }
  }

  @Override
  void fail(Refusal refusal, long done, boolean wasSent, long contentBytes) {
    underway.failed(refusal, done, wasSent, contentBytes);
    complete(done, true);
  }

  private void complete(long done, boolean failed) {
    rest();
    loop.requestOver();
    underway.over();
    owner.completed(done, failed);
  }

  /** Gives up the request that is under way, neither success nor failure. */
  void interrupt() {
    giveUp(System.nanoTime());
  }

  @Override
  void giveUp(long now) {
    close();
    loop.requestOver();
    underway.interrupted();
    owner.interrupted(now);
  }
}
