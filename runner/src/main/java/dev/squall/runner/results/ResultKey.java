package dev.squall.runner.results;

import dev.squall.api.wire.Plan;

/**
 * Where a run's files lie, in a bucket or a volume alike: {@code
 * <prefix>/<namespace>/<loadtest>/<run>/}, and what claims that folder.
 *
 * @param folder the folder, without a slash at either end
 * @param runUid UID of the run, which the marker holds
 */
record ResultKey(String folder, String runUid) {
  /** Name of the marker that claims a folder: it is created only where there is none. */
  static final String MARKER = ".squall-run";

  static ResultKey of(Plan plan, String prefix) {
    String front = prefix.replaceAll("^/+|/+$", "");
    String folder = "%s/%s/%s".formatted(plan.namespace(), plan.loadTest(), plan.run());
    return new ResultKey(front.isEmpty() ? folder : front + "/" + folder, plan.runUid());
  }

  /** What to say if the marker holds another run's UID. */
  String claimedBy(String other, String place) {
    return "%s belongs to another run (its marker %s holds UID %s, this run's is %s) and is not overwritten; move it away or set another prefix"
        .formatted(place, MARKER, other.strip(), runUid);
  }
}
