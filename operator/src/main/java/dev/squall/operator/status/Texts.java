package dev.squall.operator.status;

/** Texts cut to a length. */
final class Texts {
  private Texts() {}

  /** At most so many characters; what was cut off shows as an ellipsis. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
    return text.substring(0, end) + "…";
  }
}
