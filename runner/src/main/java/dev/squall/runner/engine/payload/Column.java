package dev.squall.runner.engine.payload;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A column of a dataset, from the row that the request takes. */
public final class Column implements Generator {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  /** JSON type of a column. */
  public enum Type {
    /** A string, as it stands in the file. */
    STRING,
    /** A whole number. */
    INTEGER,
    /** A number. */
    NUMBER,
    /** true or false. */
    BOOLEAN,
    /** A number, true, false or null where the text is one, else a string. */
    AUTO
  }

  private final Dataset dataset;
  private final int index;
  private final Type type;
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final java.util.BitSet quoted = new java.util.BitSet();
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /**
   * A column by its name.
   *
   * @throws IllegalArgumentException if there is no such column, or a cell is not of the type; the
   *     message names dataset, row and column
   */
  public Column(Dataset dataset, String name, Type type) {
    this.dataset = dataset;
    this.type = type;
    this.index = dataset.columns().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "dataset '%s' has no column '%s'; its columns are %s"
              .formatted(dataset.name(), name, String.join(", ", dataset.columns())));
    }
    for (int row = 0; row < dataset.rows(); row++) {
      String cell = dataset.cell(row, index);
      Kind kind = kindOf(cell, type);
      if (kind == null) {
        throw new IllegalArgumentException(
            "dataset '%s', row %d, column '%s': '%s' is not of type %s"
                .formatted(dataset.name(), row + 1, name, cell, type));
      }
      kinds.add(kind);
      if (kind == Kind.STRING) {
        quoted.set(row);
      } else if (kind == Kind.NUMBER) {
        double value = Double.parseDouble(cell);
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
  }

  private static @org.jspecify.annotations.Nullable Kind kindOf(String cell, Type type) {
    return switch (type) {
      case STRING -> Kind.STRING;
      case INTEGER -> INTEGER.matcher(cell).matches() ? Kind.NUMBER : null;
      case NUMBER -> NUMBER.matcher(cell).matches() ? Kind.NUMBER : null;
      case BOOLEAN -> cell.equals("true") || cell.equals("false") ? Kind.BOOLEAN : null;
      case AUTO ->
          NUMBER.matcher(cell).matches()
              ? Kind.NUMBER
              : cell.equals("true") || cell.equals("false")
                  ? Kind.BOOLEAN
                  : cell.equals("null") ? Kind.NULL : Kind.STRING;
    };
  }

  /** JSON type asked for. */
  public Type type() {
    return type;
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    dataset.cell(dataset.rowOf(draw), index, out);
  }

  @Override
  public void json(Draw draw, long place, Bytes out) {
    int row = dataset.rowOf(draw);
    if (!quoted.get(row)) {
      dataset.cell(row, index, out);
      return;
    }
    out.write('"');
    int from = out.length();
    dataset.cell(row, index, out);
    Escaping.JSON.apply(out, from);
    out.write('"');
  }

  @Override
  public Set<Kind> kinds() {
    return Set.copyOf(kinds);
  }

  @Override
  public boolean hasRange() {
    return kinds.size() == 1 && kinds.contains(Kind.NUMBER);
  }

  @Override
  public void outOfRange(Draw draw, long place, Bytes out) {
    FarNumber.write(draw, place, min, max, out);
  }

  @Override
  public void datasets(Consumer<Dataset> found) {
    found.accept(dataset);
  }
}
