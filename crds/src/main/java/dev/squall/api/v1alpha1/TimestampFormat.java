package dev.squall.api.v1alpha1;

/** How a timestamp is written. */
public enum TimestampFormat {
  /** A string such as 2026-11-24T14:51:16.123Z. */
  Rfc3339,
  /** Whole seconds since 1970. */
  UnixSeconds,
  /** Milliseconds since 1970. */
  UnixMillis
}
