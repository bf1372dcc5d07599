package dev.squall.runner.plan;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * CSV (RFC 4180) with a header line: the columns, then row by row. Who opened the text closes it.
 */
final class CsvRows {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Iterator<CsvRecord> lines;
  private final List<String> columns;

  /**
   * Reads the header line.
   *
   * @throws IllegalArgumentException if there is none
   */
  CsvRows(Reader text) {
    // Rows of another length are the reader's of the rows to refuse: it names the columns.
    CsvReader<CsvRecord> records =
        CsvReader.builder()
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text);
    lines = records.iterator();
    if (!lines.hasNext()) {
      throw new IllegalArgumentException("it is empty; its first line must name the columns");
    }
    columns = new ArrayList<>(lines.next().getFields());
    if (columns.getFirst().indexOf(BYTE_ORDER_MARK) == 0) {
      columns.set(0, columns.getFirst().substring(1));
    }
  }

  /** Names of the columns. */
  List<String> columns() {
    return columns;
  }

  /** What is done with a row. */
  interface Row {
    /**
     * Takes a row.
     *
     * @param line number of its first line, from 1
     */
    void take(long line, List<String> fields);
  }

  /** Gives out every row that is no empty line. */
  void forEach(Row row) {
    while (lines.hasNext()) {
      CsvRecord record = lines.next();
      boolean emptyLine =
          record.getFieldCount() == 1 && record.getField(0).isEmpty() && columns.size() > 1;
      if (!emptyLine) {
        row.take(record.getStartingLineNumber(), record.getFields());
      }
    }
  }
}
