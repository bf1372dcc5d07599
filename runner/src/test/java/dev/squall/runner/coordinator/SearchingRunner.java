package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerRefusedException;
import dev.squall.runner.control.RunnerSecond;
import dev.squall.runner.control.RunnerSession;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Seconds;
import dev.squall.runner.vitals.Machine;
import dev.squall.runner.vitals.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A runner of a search by rate, on the test's clock, of two: its target answers in 10 ms but for a
 * share that takes 300 ms and grows with the level, to a twentieth at 100 a second. It keeps to
 * what a runner does: its trials' intervals go on, and one without a coordinator ends its trial.
 */
final class SearchingRunner implements RunnerLink {
  private static final long SECOND = 1_000_000_000L;
  private static final double GOLDEN = 0.6180339887498949;

  final List<StartOrder> startsHeard = new ArrayList<>();
  long sent;

  private final String name;
  private final MovedClock clock;
  private final List<byte[]> kept = new ArrayList<>();
  private Phase phase = Phase.Ready;
  private @Nullable StartOrder order;
  private @Nullable Integer stoppedAfter;
  private long heard;

  SearchingRunner(String name, MovedClock clock) {
    this.name = name;
    this.clock = clock;
  }

  private static Trial trial(StartOrder order) {
    return Objects.requireNonNull(order.trial());
  }

  /** Does what it has done by now. */
  private void heard() {
    StartOrder told = order;
    while (told != null && phase == Phase.Running) {
      long end = told.nanos() + (kept.size() + 1 - trial(told).afterInterval()) * SECOND;
      if (end > clock.nanos()) {
        break;
      }
      if (end - heard > RunnerSession.SILENCE.toNanos()) {
        endTrial(told);
      } else {
        keep(told, 1);
      }
    }
    heard = clock.nanos();
  }

  private void keep(StartOrder told, double share) {
    double level = trial(told).level();
    double slow = 0.05 * Math.pow(level / 100, 4);
    int first = (kept.size() - trial(told).afterInterval()) * (int) (level / 2);
    double[] millis = new double[(int) (share * level / 2)];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = ((first + i) * GOLDEN) % 1 < slow ? 300 : 10;
    }
    sent += millis.length;
    Seconds second = Seconds.of(kept.size() + 1, 0).requests("predict", "POST", millis);
    kept.add(new RunnerSecond(second.cut(), Vitals.none()).encode());
  }

  private void endTrial(StartOrder told) {
    stoppedAfter = kept.size();
    keep(told, 0.5);
    phase = Phase.Ready;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized long clock() {
    heard();
    return clock.nanos();
  }

  @Override
  public synchronized void start(StartOrder wanted) throws RunnerRefusedException {
    heard();
    if (wanted.equals(order)) {
      return;
    }
    if (phase != Phase.Ready || trial(wanted).afterInterval() < kept.size()) {
      throw new RunnerRefusedException("this runner is " + phase);
    }
    startsHeard.add(wanted);
    order = wanted;
    stoppedAfter = null;
    phase = Phase.Running;
    while (kept.size() < trial(wanted).afterInterval()) {
      Snapshot nothing = Snapshot.nothing(kept.size() + 1);
      kept.add(new RunnerSecond(nothing, Vitals.none()).encode());
    }
  }

  @Override
  public synchronized void stop(boolean now) {
    heard();
    StartOrder told = order;
    if (phase == Phase.Running && told != null) {
      endTrial(told);
    }
    phase = Phase.Ended;
  }

  @Override
  public synchronized void endTrial(int number) {
    heard();
    StartOrder told = order;
    if (phase == Phase.Running && told != null && trial(told).number() == number) {
      endTrial(told);
    }
  }

  @Override
  public synchronized Pull pull(int fromInterval, int most) {
    heard();
    RunnerState state =
        new RunnerState(
            phase,
            null,
            order,
            kept.size(),
            0,
            order == null ? null : kept.size() * SECOND,
            List.of(),
            new Machine(2, null, "tsc"),
            null,
            null,
            stoppedAfter);
    int to = Math.min(kept.size(), fromInterval - 1 + Math.min(most, 20));
    return new Pull(state, to < fromInterval ? List.of() : kept.subList(fromInterval - 1, to));
  }

  @Override
  public void stored() {}
}
