package dev.squall.api.v1alpha1;

/** Which row of a dataset a request takes. */
public enum DatasetOrder {
  /**
   * Rows in the order of the file, starting over at the end; user u takes row u first, then u plus
   * the number of users, and so on.
   */
  InOrder,
  /** A random row for each request. */
  Random,
  /** Each row once over all users and runners; a user whose rows ran out stops. */
  EachOnce
}
