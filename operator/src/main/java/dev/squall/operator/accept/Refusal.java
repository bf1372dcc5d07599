package dev.squall.operator.accept;

/**
 * Why something may not go on.
 *
 * @param reason one CamelCase word: the condition's and the event's reason
 * @param message what is wrong, with which field or object, and what to do
 * @param certain whether trying again cannot help
 */
public record Refusal(String reason, String message, boolean certain) {
  /** A refusal that trying again cannot help. */
  public static Refusal certain(String reason, String message) {
    return new Refusal(reason, message, true);
  }

  /** A refusal that may pass, such as a quota. */
  public static Refusal passing(String reason, String message) {
    return new Refusal(reason, message, false);
  }
}
