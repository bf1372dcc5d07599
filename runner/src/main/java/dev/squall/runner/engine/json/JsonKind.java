package dev.squall.runner.engine.json;

/** What a path leads to in a document. */
public enum JsonKind {
  /** Nothing. */
  MISSING,
  /** Null. */
  NULL,
  /** True. */
  TRUE,
  /** False. */
  FALSE,
  /** A number without fraction and exponent. */
  INTEGER,
  /** Another number. */
  DECIMAL,
  /** A string without escapes. */
  STRING,
  /** A string with escapes. */
  ESCAPED,
  /** An object. */
  OBJECT,
  /** An array. */
  ARRAY
}
