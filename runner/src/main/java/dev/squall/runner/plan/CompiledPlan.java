package dev.squall.runner.plan;

import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.engine.Workload;
import java.util.List;

/**
 * A plan in the engine's own types.
 *
 * @param workload what the engine sends
 * @param datasets SHA-256 of each dataset's file, by name order: runners that differ in them did
 *     not send the same test
 */
public record CompiledPlan(Workload workload, List<DatasetDigest> datasets) {
  /** Copies the list. */
  public CompiledPlan {
    datasets = List.copyOf(datasets);
  }
}
