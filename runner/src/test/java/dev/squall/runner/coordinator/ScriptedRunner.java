package dev.squall.runner.coordinator;

import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerRefusedException;
import dev.squall.runner.control.RunnerSecond;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.results.Seconds;
import dev.squall.runner.vitals.Machine;
import dev.squall.runner.vitals.Vitals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runner by script, on the test's clock: in second k of its load it completes k requests. */
class ScriptedRunner implements RunnerLink {
  final List<StartOrder> startsHeard = new ArrayList<>();
  boolean reachable = true;
  boolean preparing;

  /** Its last second is there before it says that it has ended. */
  boolean slowToSay;

  @Nullable Fault fault;
  List<DatasetDigest> datasets = List.of();
  boolean toldStored;
  Vitals vitals = Vitals.none();

  private final String name;
  private final MovedClock clock;
  private final long offsetNanos;
  private final int seconds;
  private @Nullable StartOrder order;
  private int stoppedAfter = Integer.MAX_VALUE;
  private boolean hanging;

  ScriptedRunner(String name, MovedClock clock, long offsetNanos, int seconds) {
    this.name = name;
    this.clock = clock;
    this.offsetNanos = offsetNanos;
    this.seconds = seconds;
  }

  /** The load never ends, whatever it is told. */
  ScriptedRunner hanging() {
    hanging = true;
    return this;
  }

  /** The pod is replaced by one that knows nothing. */
  void forget() {
    order = null;
  }

  private int elapsed() {
    StartOrder started = order;
    if (started == null) {
      return 0;
    }
    return (int) Math.max(0, (clock.nanos() + offsetNanos - started.nanos()) / 1_000_000_000L);
  }

  private int end() {
    return hanging ? Integer.MAX_VALUE : Math.min(seconds, stoppedAfter);
  }

  private void reached() throws IOException {
    if (!reachable) {
      throw new IOException("Connection refused");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long clock() throws IOException {
    reached();
    return clock.nanos() + offsetNanos;
  }

  @Override
  public void start(StartOrder wanted) throws IOException {
    reached();
    startsHeard.add(wanted);
    if (order != null && !order.equals(wanted)) {
      throw new RunnerRefusedException("started already");
    }
    order = wanted;
  }

  @Override
  public void stop(boolean now) throws IOException {
    reached();
    stoppedAfter = Math.min(stoppedAfter, elapsed() + 1);
  }

  @Override
  public void endTrial(int number) throws IOException {
    stop(false);
  }

  @Override
  public Pull pull(int fromInterval, int most) throws IOException {
    reached();
    int cut = Math.min(elapsed(), end());
    boolean ended = order != null && cut == end();
    Phase phase = order == null ? Phase.Ready : ended && !slowToSay ? Phase.Ended : Phase.Running;
    RunnerState state =
        new RunnerState(
            preparing ? Phase.Preparing : phase,
            fault,
            order,
            cut,
            ended ? 0 : 5,
            ended ? cut * 1_000_000_000L : null,
            datasets,
            new Machine(2, null, "tsc"),
            preparing ? "3 of 9 connections are open" : null,
            null,
            null);
    List<byte[]> seconds = new ArrayList<>();
    for (int k = fromInterval; k <= cut && seconds.size() < Math.min(most, 3); k++) {
      double[] millis = new double[k];
      Arrays.fill(millis, 10);
      Seconds second = Seconds.of(k, k == end() ? 0 : 5).requests("predict", "POST", millis);
      seconds.add(
          new RunnerSecond(k == end() ? second.last().cut() : second.cut(), vitals).encode());
    }
    return new Pull(state, seconds);
  }

  @Override
  public void stored() throws IOException {
    reached();
    toldStored = true;
  }
}
