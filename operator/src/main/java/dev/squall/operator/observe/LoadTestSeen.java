package dev.squall.operator.observe;

/** The LoadTest that a run names. */
public enum LoadTestSeen {
  /** It stands, and owns the run. */
  OWNER,
  /** It stands; the run was created by hand and is not frozen or not owned yet. */
  PRESENT,
  /** There is none of that name, and the run is owned by none. */
  ABSENT,
  /** The one that owned the run is deleted or being deleted. */
  DELETED
}
