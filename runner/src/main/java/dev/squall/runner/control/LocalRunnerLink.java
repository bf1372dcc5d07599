package dev.squall.runner.control;

import dev.squall.runner.control.RunnerState.StartOrder;
import java.io.IOException;

/** The line to a runner in the same JVM. */
public final class LocalRunnerLink implements RunnerLink {
  private final String name;
  private final RunnerSession session;

  /** A line to a session. */
  public LocalRunnerLink(String name, RunnerSession session) {
    this.name = name;
    this.session = session;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long clock() {
    session.heard();
    return session.clockNanos();
  }

  @Override
  public void start(StartOrder order) throws IOException {
    session.heard();
    session.start(order);
  }

  @Override
  public void stop(boolean now) {
    session.heard();
    session.stop(now);
  }

  @Override
  public void endTrial(int number) {
    session.heard();
    session.endTrial(number);
  }

  @Override
  public Pull pull(int fromInterval, int most) throws IOException {
    session.heard();
    RunnerState state = session.state();
    return new Pull(
        state, Frames.contents(session.kept().framesFrom(fromInterval, most, state.intervals())));
  }

  @Override
  public void stored() {
    session.kept().resultsStored();
  }
}
