package dev.squall.runner.results;

import java.util.List;

/**
 * One line of a CSV file exactly as Python's {@code csv.writer} writes it: fields quoted only where
 * they hold a comma, a quote or a line break, CRLF at the end. Own code because no library's
 * minimal quoting is the same to the byte (Commons CSV quotes an empty first field, and any field
 * that starts with a character such as {@code #}).
 */
final class CsvLine {
  private CsvLine() {}

  static String of(List<String> fields) {
    StringBuilder line = new StringBuilder(128);
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      append(line, fields.get(i));
    }
    return line.append("\r\n").toString();
  }

  private static void append(StringBuilder line, String field) {
    if (field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')) {
      line.append(field);
    } else {
      line.append('"').append(field.replace("\"", "\"\"")).append('"');
    }
  }
}
