package dev.squall.api.v1alpha1;

/** Who uses a connection. */
public enum ConnectionMode {
  /** Each user, and each in-flight slot of arrivals, has one of its own. */
  PerUser,
  /** All users and arrivals of an event loop share a pool. */
  Shared
}
