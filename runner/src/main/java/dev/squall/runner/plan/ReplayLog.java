package dev.squall.runner.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.v1alpha1.DatasetFormat;
import dev.squall.api.v1alpha1.Replay;
import dev.squall.api.v1alpha1.TimestampFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;

/** Reads the instants of a log, for a replay: CSV with a header line, or a JSON object a line. */
final class ReplayLog {
  private static final ObjectReader LINES = new JsonMapper().readerFor(JsonNode.class);
  private static final int NANOS_OF_SECOND = 9;
  private static final int NANOS_OF_MILLI = 6;

  private final String field;
  private final TimestampFormat format;
  private long[] instants = new long[1024];
  private int count;

  private ReplayLog(Replay replay) {
    this.field = replay.field();
    this.format = replay.format();
  }

  /**
   * The instants in nanoseconds since 1970, in the order of the log.
   *
   * @throws IllegalArgumentException if a line has none; the message names the line and the fix
   */
  static long[] instants(Reader log, DatasetFormat written, Replay replay) throws IOException {
    ReplayLog read = new ReplayLog(replay);
    switch (written) {
      case Csv -> read.csv(log);
      case JsonLines -> read.json(new BufferedReader(log));
    }
    if (read.count == 0) {
      throw new IllegalArgumentException("it has no line to replay");
    }
    return Arrays.copyOf(read.instants, read.count);
  }

  private void csv(Reader log) {
    CsvRows rows = new CsvRows(log);
    int column = rows.columns().indexOf(field);
    if (column < 0) {
      throw new IllegalArgumentException(
          "it has no column '%s', which replay.field names; it has %s"
              .formatted(field, String.join(", ", rows.columns())));
    }
    rows.forEach(
        (line, fields) -> {
          if (fields.size() <= column) {
            throw wrong(line, "has no column '" + field + "'");
          }
          add(line, fields.get(column));
        });
  }

  private void json(BufferedReader log) throws IOException {
    long line = 0;
    for (String text = log.readLine(); text != null; text = log.readLine()) {
      line++;
      if (text.isBlank()) {
        continue;
      }
      JsonNode value = object(line, text).path(field);
      if (!value.isNumber() && !value.isTextual()) {
        throw wrong(line, "has no field '" + field + "' that is a text or a number");
      }
      add(line, value.isNumber() ? value.decimalValue().toPlainString() : value.asText());
    }
  }

  private static JsonNode object(long line, String text) throws IOException {
    try {
      return LINES.readTree(text);
    } catch (JsonProcessingException e) {
      throw wrong(line, "is not JSON (" + e.getOriginalMessage() + ")");
    }
  }

  private void add(long line, String text) {
    if (count == instants.length) {
      instants = Arrays.copyOf(instants, 2 * count);
    }
    instants[count++] = nanos(line, text.strip());
  }

  private long nanos(long line, String text) {
    try {
      return switch (format) {
        case UnixSeconds -> new BigDecimal(text).movePointRight(NANOS_OF_SECOND).longValue();
        case UnixMillis -> new BigDecimal(text).movePointRight(NANOS_OF_MILLI).longValue();
        case Rfc3339 -> {
          OffsetDateTime time = OffsetDateTime.parse(text);
          yield Math.addExact(
              Math.multiplyExact(time.toEpochSecond(), 1_000_000_000L), time.getNano());
        }
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw wrong(line, "says '" + text + "', which is not " + format + ": set replay.format");
    }
  }

  private static IllegalArgumentException wrong(long line, String what) {
    return new IllegalArgumentException("line " + line + " " + what);
  }
}
