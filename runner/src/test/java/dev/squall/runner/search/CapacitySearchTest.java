package dev.squall.runner.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.runner.search.CapacityResult.Limit;
import dev.squall.runner.search.CapacityResult.Outcome;
import dev.squall.runner.search.CapacityResult.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

/** The search's steps, over scripted targets without noise. */
class CapacitySearchTest {
  private static final long LIMIT_MICROS = 200_000;
  private static final Slice QUICK = slice(1000, 1);
  private static final Slice SLOW = slice(300_000, 300);

  /** A target: what a second at a level looks like. */
  private interface Target {
    Slice second(Decision.RunTrial<CapacityResult> trial, int second);
  }

  /** A second in which a thousand requests took all the same time. */
  private static Slice slice(long micros, double inFlight) {
    long slow = micros >= LIMIT_MICROS ? 1000 : 0;
    return new Slice(1, 1000, 1000, 0, inFlight, micros, List.of(new Slice.Count(slow, 1000)));
  }

  private static CapacityGoal goal(boolean whole, double start, double least, double most) {
    return new CapacityGoal(
        whole,
        start,
        least,
        most,
        0.05,
        List.of(new Objective.ResponseTime(95, LIMIT_MICROS)),
        CapacityGoal.Effort.standard());
  }

  private record Search(CapacityResult result, List<Decision.RunTrial<CapacityResult>> trials) {}

  private static Search search(CapacityGoal goal, Target target) {
    return search(goal, target, _ -> "");
  }

  private static Search search(CapacityGoal goal, Target target, DoubleFunction<String> fault) {
    Capacity capacity = new Capacity(goal);
    List<Decision.RunTrial<CapacityResult>> trials = new ArrayList<>();
    List<Slice> slices = new ArrayList<>();
    Decision<CapacityResult> decision = capacity.first();
    while (true) {
      switch (decision) {
        case Decision.RunTrial<CapacityResult> trial -> {
          trials.add(trial);
          slices.clear();
        }
        case Decision.GoOn<CapacityResult> goOn -> {}
        case Decision.Done<CapacityResult> done -> {
          assertThatThrownBy(() -> capacity.next(measured(slices, "")))
              .hasMessageContaining("over");
          return new Search(done.result(), trials);
        }
      }
      Decision.RunTrial<CapacityResult> trial = trials.getLast();
      slices.add(target.second(trial, slices.size()));
      decision = capacity.next(measured(slices, fault.apply(trial.level())));
    }
  }

  private static TrialResult measured(List<Slice> slices, String fault) {
    long micros = (long) slices.getLast().meanMicros();
    return new TrialResult(slices, new SampledTimes(micros), fault);
  }

  private static Target knee(double at) {
    return (trial, second) -> trial.level() <= at ? QUICK : SLOW;
  }

  @Test
  void aSharpKneeIsWidenedToAndBisected() {
    Search search = search(goal(false, 100, 1, 1e6), knee(730));
    double level = search.result().level().orElseThrow();
    assertThat(level).isBetween(730 * 0.95, 730.0);
    assertThat(search.result().limit()).isEqualTo(Limit.OBJECTIVE);
    assertThat(search.result().text()).isEqualTo("missed: p95 of the response time below 200.0 ms");
    assertThat(search.trials())
        .extracting(Decision.RunTrial::level)
        .startsWith(100.0, 200.0, 400.0, 800.0, 600.0, 700.0)
        .endsWith(level);
    Decision.RunTrial<CapacityResult> confirmation = search.trials().getLast();
    assertThat(confirmation.confirms()).isTrue();
    assertThat(confirmation.leastSeconds()).isEqualTo(CapacityGoal.Effort.standard().confirm());
    assertThat(search.result().curve())
        .extracting(Point::level)
        .isSorted()
        .contains(100.0, 800.0, level);
    assertThat(search.result().curve().get(0).micros()).isEqualTo(1000);
    assertThat(search.result().curve().get(0).throughput()).isEqualTo(1000);
  }

  @Test
  void aFirstLevelThatIsTooHighIsNarrowedFromAbove() {
    Search search = search(goal(false, 1000, 1, 1e6), knee(90));
    assertThat(search.result().level().orElseThrow()).isBetween(90 * 0.95, 90.0);
  }

  @Test
  void usersAreFoundToTheLastOne() {
    assertThat(search(goal(true, 10, 1, 1000), knee(37)).result().level()).hasValue(37);
    assertThat(search(goal(true, 1, 1, 1000), knee(1)).result().level()).hasValue(1);
  }

  @Test
  void aTargetThatHoldsTheHighestLevelSaysSo() {
    Search search = search(goal(false, 100, 1, 1500), knee(1e9));
    assertThat(search.result().level()).hasValue(1500);
    assertThat(search.result().limit()).isEqualTo(Limit.MOST);
  }

  @Test
  void aTargetThatHoldsNothingSaysWhatItMissed() {
    Search search = search(goal(false, 100, 10, 1500), knee(0));
    assertThat(search.result().level()).isEmpty();
    assertThat(search.result().limit()).isEqualTo(Limit.OBJECTIVE);
    assertThat(search.trials())
        .extracting(Decision.RunTrial::level)
        .containsExactly(100.0, 50.0, 25.0, 12.5, 10.0);
  }

  @Test
  void aGeneratorThatFailsIsNotTheTargetsLimit() {
    Search search =
        search(
            goal(false, 100, 1, 1e6),
            (_, _) -> QUICK,
            level -> level > 500 ? "lateness above 10 ms" : "");
    assertThat(search.result().level().orElseThrow()).isBetween(475.0, 500.0);
    assertThat(search.result().limit()).isEqualTo(Limit.GENERATOR);
    assertThat(search.result().text()).isEqualTo("lateness above 10 ms");
  }

  @Test
  void overSaturationEndsALevelEarlyAndTheTargetMayRecover() {
    Target target =
        (trial, second) ->
            trial.level() <= 300 ? QUICK : slice(10_000L * (second + 1), 100 * (second + 1));
    Search search = search(goal(false, 100, 1, 1e6), target);
    assertThat(search.result().level().orElseThrow()).isBetween(285.0, 300.0);
    assertThat(search.result().limit()).isEqualTo(Limit.OVER_SATURATION);
    Point saturated = search.result().curve().get(search.result().curve().size() - 1);
    assertThat(saturated.outcome()).isEqualTo(Outcome.OVER_SATURATED);
    assertThat(saturated.seconds()).isLessThan(20);
    for (int i = 1; i < search.trials().size(); i++) {
      boolean after = search.trials().get(i - 1).level() > 300;
      assertThat(search.trials().get(i).recover()).isEqualTo(after);
    }
  }

  @Test
  void anAnswerThatALongerRunRefutesIsLowered() {
    // Holds 600 for 100 s, longer than it is measured in the search, and 500 for ever.
    Target target =
        (trial, second) ->
            trial.level() <= 500 || (trial.level() <= 600 && second < 100) ? QUICK : SLOW;
    Search search = search(goal(false, 100, 1, 1e6), target);
    assertThat(search.result().level().orElseThrow()).isBetween(475.0, 500.0);
    assertThat(search.trials().stream().filter(Decision.RunTrial::confirms).count())
        .isGreaterThan(3);
  }

  @Test
  void goalsThatCannotBeNameTheFix() {
    assertThatThrownBy(() -> goal(false, 100, 200, 1000)).hasMessageContaining("least <= start");
    assertThatThrownBy(
            () -> new CapacityGoal(false, 1, 1, 1, 0.05, List.of(), CapacityGoal.Effort.standard()))
        .hasMessageContaining("capacity.objectives");
    assertThatThrownBy(() -> new Objective.FailureRatio(0)).hasMessageContaining("failureRatio");
    assertThatThrownBy(() -> new Objective.ResponseTime(0.95, 0)).hasMessageContaining("below");
  }
}
