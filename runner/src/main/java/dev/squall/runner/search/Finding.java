package dev.squall.runner.search;

/** What a measurement says about an objective, at a given confidence. */
enum Finding {
  /** The true share of bad ones is below what is allowed. */
  MEETS,
  /** The true share of bad ones is above what is allowed. */
  MISSES,
  /** Neither can be said yet: the interval straddles the limit. */
  UNDECIDED
}
