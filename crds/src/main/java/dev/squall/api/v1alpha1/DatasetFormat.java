package dev.squall.api.v1alpha1;

/** How a dataset is written. */
public enum DatasetFormat {
  /** RFC 4180 with a header line. */
  Csv,
  /** A JSON object a line. */
  JsonLines
}
