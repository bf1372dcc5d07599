package dev.squall.api.v1alpha1;

/** JSON type of a CSV column. */
public enum ColumnType {
  /** A string, as it stands in the file. */
  String,
  /** A whole number. */
  Integer,
  /** A number. */
  Number,
  /** true or false. */
  Boolean,
  /** A number, true, false or null where the text is one, else a string. */
  Auto
}
