package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/** Takes a value from an answer. Called as {@link Check} is. */
public interface Extractor {
  /** What it reads of an answer. */
  Needs needs();

  /** The value, or null if the answer does not have it. */
  @Nullable String extract(Response response);
}
