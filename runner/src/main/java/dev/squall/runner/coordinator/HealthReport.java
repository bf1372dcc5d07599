package dev.squall.runner.coordinator;

import dev.squall.api.wire.RunValidity;
import dev.squall.api.wire.RunValidity.Engine;
import dev.squall.api.wire.RunValidity.RunnerHealth;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.recording.Times;
import dev.squall.runner.vitals.Machine;
import dev.squall.runner.vitals.Vital;
import dev.squall.runner.vitals.Vitals;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the runners measured of themselves, as it stands in the result; pure. */
final class HealthReport {
  private static final int MOST_RUNNERS = 20;
  private static final int MOST_WARNINGS = 20;
  private static final double PER_MILLE = 1000;

  private HealthReport() {}

  /** The runners that have measured anything, each with its limits. */
  static List<RunnerLimits> limits(List<RunnerView> runners) {
    return runners.stream()
        .flatMap(
            runner ->
                runner.state().map(RunnerState::machine).stream()
                    .filter(machine -> runner.vitals().get(Vital.ELAPSED).isPresent())
                    .map(
                        machine ->
                            new RunnerLimits(
                                runner.name(), runner.vitals(), runner.lateness(), machine)))
        .toList();
  }

  /**
   * The report.
   *
   * @param typicalMicros the run's median response time
   */
  static RunValidity of(
      List<RunnerView> runners, Optional<RunValidity.Clocks> clocks, long typicalMicros) {
    List<RunnerLimits> all = limits(runners);
    return new RunValidity(
        all.stream()
            .flatMap(one -> one.warnings(typicalMicros).stream())
            .limit(MOST_WARNINGS)
            .toList(),
        clocks.orElse(null),
        engine(runners),
        all.stream()
            .map(Ranked::of)
            .sorted(Ranked.WORST_FIRST)
            .limit(MOST_RUNNERS)
            .map(ranked -> health(ranked.one))
            .toList());
  }

  /** A runner by what it is sorted by, found once: of a thousand it is compared ten times each. */
  private record Ranked(RunnerLimits one, double throttled, long latenessMicros, long lagMicros) {
    static final Comparator<Ranked> WORST_FIRST =
        Comparator.comparingDouble(Ranked::throttled)
            .thenComparingLong(Ranked::latenessMicros)
            .thenComparingLong(Ranked::lagMicros)
            .reversed();

    static Ranked of(RunnerLimits one) {
      return new Ranked(
          one,
          one.vitals().share(Vital.THROTTLED, Vital.ELAPSED),
          one.lateness().percentileMicros(99),
          one.vitals().lag().percentileMicros(99));
    }
  }

  private static @Nullable Engine engine(List<RunnerView> runners) {
    List<Engine> all =
        runners.stream()
            .flatMap(runner -> runner.state().map(RunnerState::engine).stream())
            .distinct()
            .toList();
    return switch (all.size()) {
      case 0 -> null;
      case 1 -> all.getFirst();
      default ->
          new Engine(
              String.valueOf(each(all, Engine::transport)),
              each(all, Engine::transportReason),
              each(all, Engine::tlsProvider),
              each(all, Engine::protocol));
    };
  }

  private static @Nullable String each(List<Engine> all, Function<Engine, @Nullable String> what) {
    Set<String> texts = new TreeSet<>();
    for (Engine one : all) {
      String text = what.apply(one);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts.isEmpty() ? null : String.join("; ", texts);
  }

  private static RunnerHealth health(RunnerLimits one) {
    Vitals vitals = one.vitals();
    Machine machine = one.machine();
    boolean steal = vitals.get(Vital.MACHINE).isPresent();
    return new RunnerHealth(
        one.name(),
        lateness(one.lateness(), one.lateness().percentileMicros(50)),
        lateness(one.lateness(), one.lateness().percentileMicros(99)),
        lateness(one.lateness(), one.lateness().maxNanos() / 1000),
        vitals.lag().percentileMicros(50),
        vitals.lag().percentileMicros(99),
        vitals.lag().maxNanos() / 1000,
        count(vitals, Vital.COLLECTIONS),
        micros(vitals, Vital.COLLECTING),
        micros(vitals, Vital.LONGEST_COLLECTION),
        count(vitals, Vital.LIMIT_PERIODS),
        count(vitals, Vital.THROTTLED_PERIODS),
        micros(vitals, Vital.THROTTLED),
        micros(vitals, Vital.LOOPS_RAN),
        micros(vitals, Vital.LOOPS_WAITED),
        micros(vitals, Vital.PRESSURE),
        steal ? Math.round(vitals.share(Vital.STOLEN, Vital.MACHINE) * PER_MILLE) : null,
        count(vitals, Vital.SEGMENTS),
        count(vitals, Vital.RETRANSMITTED),
        count(vitals, Vital.OPENED),
        count(vitals, Vital.PORTS_HELD),
        count(vitals, Vital.PORTS),
        count(vitals, Vital.TRACKED),
        count(vitals, Vital.TRACKABLE),
        machine.processors(),
        machine.limitMilliCpus(),
        machine.clockSource());
  }

  private static @Nullable Long lateness(Times times, long micros) {
    return times.count() == 0 ? null : micros;
  }

  private static @Nullable Long count(Vitals vitals, Vital vital) {
    OptionalLong figure = vitals.get(vital);
    return figure.isPresent() ? figure.getAsLong() : null;
  }

  private static @Nullable Long micros(Vitals vitals, Vital vital) {
    OptionalLong nanos = vitals.get(vital);
    return nanos.isPresent() ? nanos.getAsLong() / 1000 : null;
  }
}
