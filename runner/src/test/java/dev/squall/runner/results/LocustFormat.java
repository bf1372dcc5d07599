package dev.squall.runner.results;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Checks texts against the format of Locust's CSV files; says everything that is wrong. */
final class LocustFormat {
  private static final String PERCENTILES = "50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%";
  private static final String STATS =
      "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response"
          + " Time,Max Response Time,Average Content Size,Requests/s,Failures/s,"
          + PERCENTILES;
  private static final String HISTORY =
      "Timestamp,User Count,Type,Name,Requests/s,Failures/s,"
          + PERCENTILES
          + ",Total Request Count,Total Failure Count,Total Median Response Time,Total Average"
          + " Response Time,Total Min Response Time,Total Max Response Time,Total Average Content"
          + " Size";
  private static final Pattern INTEGER = Pattern.compile("[0-9]+");
  private static final Pattern FLOAT = Pattern.compile("[0-9]+\\.[0-9]+|[0-9.]+e[-+][0-9]{2,}");
  private static final Pattern RATE = Pattern.compile("[0-9]+\\.[0-9]{6}");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  private static final Pattern ERROR = Pattern.compile("\\w+\\((.*)\\)", Pattern.DOTALL);

  private final String text;
  private final List<String> problems = new ArrayList<>();

  private LocustFormat(String text) {
    this.text = text;
  }

  static List<String> stats(String text) throws IOException {
    LocustFormat check = new LocustFormat(text);
    List<CsvRecord> rows = check.rows(STATS);
    String before = "";
    for (int i = 0; i < rows.size(); i++) {
      CsvRecord row = rows.get(i);
      boolean whole = i == rows.size() - 1;
      check.totals(row, 2);
      check.when(row, 9, FLOAT);
      check.when(row, 10, FLOAT);
      check.percentiles(row, 11, row.getField(2).equals("0"), true);
      if (whole) {
        check.is(row, 0, "");
        check.is(row, 1, "Aggregated");
      } else {
        String key = row.getField(1) + "\0" + row.getField(0);
        check.expect(key.compareTo(before) > 0, row, "rows are not in the order of name, method");
        before = key;
      }
    }
    check.sums(rows);
    return check.problems;
  }

  static List<String> history(String text) throws IOException {
    LocustFormat check = new LocustFormat(text);
    long before = 0;
    for (CsvRecord row : check.rows(HISTORY)) {
      check.when(row, 0, INTEGER);
      check.when(row, 1, INTEGER);
      check.when(row, 4, RATE);
      check.when(row, 5, RATE);
      check.percentiles(row, 6, row.getField(17).equals("0"), false);
      check.totals(row, 17);
      long now = Long.parseLong(row.getField(0));
      check.expect(now >= before, row, "time goes back");
      before = now;
    }
    return check.problems;
  }

  static List<String> failures(String text) throws IOException {
    LocustFormat check = new LocustFormat(text);
    for (CsvRecord row : check.rows("Method,Name,Error,Occurrences,First Seen,Last Seen")) {
      check.when(row, 2, ERROR);
      check.when(row, 3, INTEGER);
      check.when(row, 4, TIME);
      check.when(row, 5, TIME);
      check.expect(
          row.getField(4).compareTo(row.getField(5)) <= 0, row, "last seen before first seen");
    }
    return check.problems;
  }

  static List<String> exceptions(String text) throws IOException {
    LocustFormat check = new LocustFormat(text);
    for (CsvRecord row : check.rows("Count,Message,Traceback,Nodes")) {
      check.when(row, 0, INTEGER);
    }
    return check.problems;
  }

  private List<CsvRecord> rows(String header) throws IOException {
    if (!text.startsWith(header + "\r\n")) {
      problems.add("the header is not " + header);
    }
    if (!text.endsWith("\r\n")) {
      problems.add("the last line has no CRLF");
    }
    if (text.replace("\r\n", "").contains("\r") || text.startsWith("\ufeff")) {
      problems.add("a lone CR, or a byte order mark");
    }
    List<CsvRecord> records;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().skipEmptyLines(false).ofCsvRecord(text)) {
      records = new ArrayList<>(reader.stream().toList());
    }
    StringBuilder again = new StringBuilder();
    int columns = header.split(",", -1).length;
    for (CsvRecord row : records) {
      expect(
          row.getFieldCount() == columns,
          row,
          "has %d fields, not %d".formatted(row.getFieldCount(), columns));
      again.append(CsvLine.of(row.getFields()));
    }
    if (!again.toString().equals(text)) {
      problems.add("quoted otherwise than Python's csv module does");
    }
    return records.subList(1, records.size());
  }

  private void totals(CsvRecord row, int first) {
    when(row, first, INTEGER);
    when(row, first + 1, INTEGER);
    if (row.getField(first).equals("0")) {
      String zeros = String.join(",", row.getFields().subList(first, first + 7));
      expect(zeros.equals("0,0,0,0.0,0,0,0"), row, "an empty row holds " + zeros);
      return;
    }
    when(row, first + 2, INTEGER);
    for (int i = first + 3; i < first + 7; i++) {
      when(row, i, FLOAT);
    }
    double average = Double.parseDouble(row.getField(first + 3));
    double min = Double.parseDouble(row.getField(first + 4));
    double max = Double.parseDouble(row.getField(first + 5));
    expect(min <= average && average <= max, row, "the average is outside of min and max");
    expect(
        Long.parseLong(row.getField(first + 1)) <= Long.parseLong(row.getField(first)),
        row,
        "more failures than requests");
  }

  private void percentiles(CsvRecord row, int first, boolean empty, boolean sinceStart) {
    long before = 0;
    for (int i = first; i < first + 11; i++) {
      if (empty) {
        is(row, i, "N/A");
        continue;
      }
      when(row, i, INTEGER);
      long value = Long.parseLong(row.getField(i));
      expect(value >= before, row, "percentiles fall");
      before = value;
    }
    if (!empty && sinceStart) {
      is(row, first, row.getField(4));
    }
  }

  private void sums(List<CsvRecord> rows) {
    for (int column = 2; column <= 3; column++) {
      long sum = 0;
      for (CsvRecord row : rows.subList(0, rows.size() - 1)) {
        sum += Long.parseLong(row.getField(column));
      }
      expect(
          rows.size() == 1 || rows.getLast().getField(column).equals(Long.toString(sum)),
          rows.getLast(),
          "column %d is not the sum, %d".formatted(column, sum));
    }
  }

  private void when(CsvRecord row, int column, Pattern pattern) {
    expect(
        pattern.matcher(row.getField(column)).matches(),
        row,
        "field %d is %s".formatted(column, row.getField(column)));
  }

  private void is(CsvRecord row, int column, String value) {
    expect(
        row.getField(column).equals(value),
        row,
        "field %d is %s, not %s".formatted(column, row.getField(column), value));
  }

  private void expect(boolean holds, CsvRecord row, String problem) {
    if (!holds) {
      problems.add("line " + row.getStartingLineNumber() + ": " + problem);
    }
  }
}
