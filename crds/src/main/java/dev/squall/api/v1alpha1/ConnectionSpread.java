package dev.squall.api.v1alpha1;

/** Where connections go of a name with several addresses. */
public enum ConnectionSpread {
  /** A user's k-th connection goes to address (user + k) mod addresses; a pool's in turn. */
  RoundRobin,
  /** All of a user's go to address user mod addresses. */
  Sticky,
  /** All go to the first of the name server's answer. */
  First
}
