package dev.squall.runner.search;

import dev.squall.runner.search.CapacityResult.Outcome;
import dev.squall.runner.search.CapacityResult.Point;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds capacity: the highest level of load that meets objectives.
 *
 * <p>The level doubles until one is not met (or halves until one is), then the gap is narrowed: to
 * where {@link Knee} puts the limit, or else to its middle ({@link Course}). Once the limit is
 * known well enough, a longer run confirms a level just below it; when it does not, the search
 * backs off and confirms again. A level counts as met only when the data show it with confidence
 * ({@link Share}) and nothing rises; what stays undecided counts as not met. So noise can make the
 * answer lower, hardly ever higher than the target's true capacity.
 *
 * <p>A controller without a clock: it says what to offer, is given what was measured so far, each
 * second or so, and says what is next; the same measurements lead to the same answer. One thread
 * only.
 */
public final class Capacity implements Search<CapacityResult> {
  /** One-sided, of a level being met or missed during the search. */
  private static final double SEARCH_CONFIDENCE = 0.98;

  /** One-sided, of the confirming run. */
  static final double CONFIRM_CONFIDENCE = 0.998;

  /** For how many bursts of bad requests a trial that meets the objectives is long enough. */
  private static final double SEARCH_BURSTS = 10;

  private static final double CONFIRM_BURSTS = 80;

  /** In slices. */
  private static final int FIRST_LOOK = Share.LEAST_BATCHES;

  private final CapacityGoal goal;
  private final Trials trials = new Trials();
  private Decision.RunTrial<CapacityResult> trial;
  private int nextLook = FIRST_LOOK;
  private Optional<CapacityResult> result = Optional.empty();

  public Capacity(CapacityGoal goal) {
    this.goal = goal;
    this.trial = search(1, goal.level(goal.start()), false);
  }

  @Override
  public Decision<CapacityResult> first() {
    return trial;
  }

  @Override
  public Decision<CapacityResult> next(TrialResult soFar) {
    if (result.isPresent()) {
      throw new IllegalStateException("the capacity search is over");
    }
    double seconds = soFar.seconds();
    boolean last = seconds >= trial.mostSeconds() - 1e-6;
    int slices = soFar.slices().size();
    if (slices < nextLook && !last && soFar.generatorFault().isEmpty()) {
      return new Decision.GoOn<>();
    }
    // Looking again and again would find anything in noise, sooner or later: so, ever more rarely.
    nextLook = slices + Math.max(5, slices / 4);
    boolean early = seconds < trial.leastSeconds();
    double confidence = trial.confirms() ? CONFIRM_CONFIDENCE : SEARCH_CONFIDENCE;
    double bursts = trial.confirms() ? CONFIRM_BURSTS : SEARCH_BURSTS;
    TrialLook look =
        TrialLook.at(soFar, goal.objectives(), SEARCH_CONFIDENCE, early ? 1 : confidence, bursts);
    if (look.outcome().isEmpty() && (last || inVain(look, seconds))) {
      look = look.near();
    }
    if (look.outcome().isEmpty()) {
      return new Decision.GoOn<>();
    }
    trials.add(point(soFar, look, look.outcome().get()), look, trial.settleSeconds());
    return after(look.outcome().get());
  }

  @Override
  public CapacityResult soFar() {
    return result.orElseGet(() -> trials.result(OptionalDouble.empty()));
  }

  /**
   * Whether a trial need not go on, though undecided: a search trial that has shown, with the
   * others, that the limit is right here; or a confirming run that a fresh one, a little lower,
   * would overtake.
   */
  private boolean inVain(TrialLook look, double seconds) {
    Course course = new Course(goal, trials);
    Optional<Knee> known = trials.kneeWith(trial.level(), look.shares()).filter(course::wellKnown);
    if (!trial.confirms()) {
      return seconds >= trial.leastSeconds()
          && seconds >= goal.effort().confirm() / 2
          && known.filter(knee -> course.near(knee, trial.level())).isPresent();
    }
    if (known.isEmpty()) {
      double most = 1.5 * trial.mostSeconds();
      return seconds >= goal.effort().confirm()
          && look.shares().stream().anyMatch(s -> s.slicesToShow(CONFIRM_CONFIDENCE) > most);
    }
    Knee knee = known.get();
    double lower = course.answer(knee, Double.POSITIVE_INFINITY);
    double left = knee.slicesToShow(trial.level(), CONFIRM_CONFIDENCE) - seconds;
    double afresh =
        goal.effort().settle()
            + Math.max(goal.effort().confirm(), knee.slicesToShow(lower, CONFIRM_CONFIDENCE));
    return lower < trial.level() * (1 - goal.precision() / 4) && left > afresh;
  }

  private Decision<CapacityResult> after(Outcome outcome) {
    if (outcome == Outcome.MEETS && trial.confirms()) {
      return done(trials.result(OptionalDouble.of(trial.level())));
    }
    if (trials.seconds() >= goal.effort().total()) {
      return done(trials.outOfTime());
    }
    if (trials.repeat()) {
      return begin(new Course.Next(trial.level(), trial.confirms()));
    }
    return new Course(goal, trials)
        .next()
        .map(this::begin)
        .orElseGet(() -> done(trials.result(OptionalDouble.empty())));
  }

  private Decision.RunTrial<CapacityResult> search(int number, double level, boolean recover) {
    CapacityGoal.Effort effort = goal.effort();
    // Near the limit what follows one another is alike for long, and ten seconds say little.
    double least =
        new Course(goal, trials).isNear()
            ? Math.min(effort.most(), effort.confirm() / 2)
            : effort.least();
    return new Decision.RunTrial<>(
        number, level, effort.settle(), least, effort.most(), 0, recover, false);
  }

  private Decision.RunTrial<CapacityResult> confirm(int number, double level, boolean recover) {
    CapacityGoal.Effort effort = goal.effort();
    double needed =
        trials.knee().map(knee -> knee.slicesToShow(level, CONFIRM_CONFIDENCE)).orElse(0.0);
    double least = Math.clamp(needed, effort.confirm(), effort.confirmMost());
    return new Decision.RunTrial<>(
        number, level, effort.settle(), least, effort.confirmMost(), 0, recover, true);
  }

  private Decision<CapacityResult> begin(Course.Next next) {
    int number = trial.trial() + 1;
    boolean recover = trials.lastWasOverSaturated();
    trial =
        next.confirms()
            ? confirm(number, next.level(), recover)
            : search(number, next.level(), recover);
    nextLook = FIRST_LOOK;
    return trial;
  }

  private Decision<CapacityResult> done(CapacityResult found) {
    result = Optional.of(found);
    return new Decision.Done<>(found);
  }

  private Point point(TrialResult measured, TrialLook look, Outcome outcome) {
    double percentile =
        goal.objectives().stream()
            .filter(Objective.ResponseTime.class::isInstance)
            .map(Objective.ResponseTime.class::cast)
            .mapToDouble(Objective.ResponseTime::percentile)
            .findFirst()
            .orElse(95);
    return new Point(
        trial.level(),
        measured.throughput(),
        measured.responseTimes().percentile(percentile),
        measured.failureRatio(),
        measured.meanInFlight(),
        measured.seconds(),
        trial.confirms(),
        outcome,
        look.text());
  }
}
