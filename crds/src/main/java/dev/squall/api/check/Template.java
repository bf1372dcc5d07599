package dev.squall.api.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A text with references: <code>${name}</code> stands for a captured value or a payload, and <code>
 * $${</code> for the two characters <code>${</code>.
 *
 * @param parts the text cut at its references, in order; empty for the empty text
 */
public record Template(List<Part> parts) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /** Copies the list. */
  public Template {
    parts = List.copyOf(parts);
  }

  /** A piece of a template. */
  public sealed interface Part {
    /**
     * Text as it stands.
     *
     * @param text never empty
     */
    record Text(String text) implements Part {}

    /**
     * A reference.
     *
     * @param name name of a capture or payload
     */
    record Reference(String name) implements Part {}
  }

  /**
   * Parses a text.
   *
   * @throws IllegalArgumentException if a reference does not end, or holds no name
   */
  public static Template parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        literal.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException(
              "no } ends the reference '" + text.substring(at) + "'; write $${ for the text ${");
        }
        String name = text.substring(at + 2, end);
        if (!NAME.matcher(name).matches()) {
          throw new IllegalArgumentException(
              "'" + name + "' in ${…} is not a name; write $${ for the text ${");
        }
        flush(literal, parts);
        parts.add(new Part.Reference(name));
        at = end + 1;
      } else {
        literal.append(text.charAt(at));
        at++;
      }
    }
    flush(literal, parts);
    return new Template(parts);
  }

  /** The names it refers to, in order. */
  public List<String> references() {
    List<String> names = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Reference reference) {
        names.add(reference.name());
      }
    }
    return names;
  }

  private static void flush(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Part.Text(literal.toString()));
      literal.setLength(0);
    }
  }
}
