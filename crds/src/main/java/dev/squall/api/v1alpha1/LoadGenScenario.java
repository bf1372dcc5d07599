package dev.squall.api.v1alpha1;

/** The scenarios of MLPerf LoadGen. */
public enum LoadGenScenario {
  /** One sample a query, the next when it is answered. */
  SingleStream,
  /** Several samples a query, the next when all are answered. */
  MultiStream,
  /** One sample a query, as a Poisson process. */
  Server,
  /** All samples at the start. */
  Offline
}
