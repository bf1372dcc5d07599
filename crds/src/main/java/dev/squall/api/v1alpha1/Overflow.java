package dev.squall.api.v1alpha1;

/** What becomes of an arrival when all in-flight slots are taken. */
public enum Overflow {
  /** It waits for a slot; its intended time stays, so the wait counts as response time. */
  Wait,
  /** It is dropped, and counted as offered and dropped. */
  Drop
}
