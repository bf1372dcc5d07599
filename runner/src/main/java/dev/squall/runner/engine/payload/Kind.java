package dev.squall.runner.engine.payload;

/** JSON type of a generated value. */
public enum Kind {
  /** A number. */
  NUMBER,
  /** A string. */
  STRING,
  /** true or false. */
  BOOLEAN,
  /** An object. */
  OBJECT,
  /** An array. */
  ARRAY,
  /** null. */
  NULL
}
