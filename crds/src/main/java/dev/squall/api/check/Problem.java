package dev.squall.api.check;

/**
 * Something wrong in a manifest.
 *
 * @param field path as the API server writes it, such as {@code spec.loads[0].users.count}; empty
 *     when it concerns the whole
 * @param message what is wrong, and what to do
 */
public record Problem(String field, String message) {
  /** As the API server prints it: {@code field: message}. */
  @Override
  public String toString() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
