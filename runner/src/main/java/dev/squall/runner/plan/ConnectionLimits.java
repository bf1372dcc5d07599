package dev.squall.runner.plan;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Connections;
import dev.squall.runner.engine.ConnectionSettings;
import dev.squall.runner.engine.ConnectionSettings.Pool;
import dev.squall.runner.engine.ConnectionSettings.Spread;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compiles who uses the connections to the target, and how long they live. */
final class ConnectionLimits {
  /** Connections opened a second before the start instant, over all runners. */
  private static final double USUAL_OPEN_RATE = 1_000;

  private ConnectionLimits() {}

  /**
   * Compiles {@code spec.target.connections}.
   *
   * @param connections null for the usual: one for each user
   * @param runners how many runners share a pool
   * @throws PlanException if the pool is too small for them
   */
  static ConnectionSettings compile(@Nullable Connections connections, int runners) {
    if (connections == null) {
      return ConnectionSettings.perUser();
    }
    return new ConnectionSettings(
        switch (connections.mode()) {
          case PerUser -> null;
          case Shared -> pool(connections, runners);
        },
        nanos(connections.lifetime()),
        nanos(connections.idleLimit()),
        switch (connections.spread()) {
          case RoundRobin -> Spread.ROUND_ROBIN;
          case Sticky -> Spread.STICKY;
          case First -> Spread.FIRST;
        });
  }

  private static Pool pool(Connections connections, int runners) {
    Integer max = connections.max();
    if (max == null || max < runners) {
      // `squall run --runners` may ask for more runners than the spec was checked for.
      throw new PlanException(
          "spec.target.connections.max",
          "is %s, less than the %d runners, each of which needs at least one: raise it"
              .formatted(max, runners));
    }
    Integer opened = connections.opened();
    Double rate = connections.openRate();
    Integer streams = connections.maxStreams();
    return new Pool(
        max,
        opened == null ? 0 : opened,
        rate == null ? USUAL_OPEN_RATE : rate,
        streams == null ? Pool.USUAL_STREAMS : streams);
  }

  private static OptionalLong nanos(@Nullable String duration) {
    return duration == null
        ? OptionalLong.empty()
        : OptionalLong.of(Durations.parse(duration).toNanos());
  }
}
