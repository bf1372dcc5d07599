package dev.squall.runner.engine.payload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of text cells under a header, packed into one array of bytes. Immutable.
 *
 * <p>Which row a request takes is a function of the user and of k, the number of the user's earlier
 * requests that drew from this dataset: user u takes row u + k × users (users over all runners),
 * starting over at the end for {@link Order#IN_ORDER}, none after the end for {@link
 * Order#EACH_ONCE}. All columns of one dataset in one request come from the same row.
 */
public final class Dataset {
  /** Which row a request takes. */
  public enum Order {
    /** Rows in order, strided by user, starting over at the end. */
    IN_ORDER,
    /** A random row for each request. */
    RANDOM,
    /** Each row once over all users and runners; a user whose rows ran out stops. */
    EACH_ONCE
  }

  private final String name;
  private final int slot;
  private final Order order;
  private final List<String> columns;
  private final byte[] cells;
  private final int[] ends;
  private final int rows;
  private final long place;

  private Dataset(
      String name, int slot, Order order, List<String> columns, byte[] cells, int[] ends) {
    this.name = name;
    this.slot = slot;
    this.order = order;
    this.columns = columns;
    this.cells = cells;
    this.ends = ends;
    this.rows = ends.length / columns.size();
    this.place = Draw.place("\0dataset " + name);
  }

  /**
   * Starts a dataset.
   *
   * @param name its name
   * @param slot its number among the test's datasets, from 0
   * @param order which row a request takes
   * @param columns the header: at least one name, all distinct
   */
  public static Builder builder(String name, int slot, Order order, List<String> columns) {
    if (columns.isEmpty() || columns.stream().distinct().count() < columns.size()) {
      throw new IllegalArgumentException(
          "dataset '" + name + "' needs a first line of distinct column names");
    }
    return new Builder(name, slot, order, List.copyOf(columns));
  }

  /** Takes the rows of a dataset. */
  public static final class Builder {
    private final String name;
    private final int slot;
    private final Order order;
    private final List<String> columns;
    private final Bytes cells = new Bytes(4096);
    private int[] ends = new int[256];
    private int count;

    private Builder(String name, int slot, Order order, List<String> columns) {
      this.name = name;
      this.slot = slot;
      this.order = order;
      this.columns = columns;
    }

    /** Adds a row with as many cells as there are columns. */
    public Builder add(List<String> row) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "dataset '%s', row %d: %d cells under %d columns"
                .formatted(name, count / columns.size() + 1, row.size(), columns.size()));
      }
      for (String cell : row) {
        cells.text(cell);
        if (count == ends.length) {
          ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = cells.length();
      }
      return this;
    }

    /** The dataset; it must have a row. */
    public Dataset build() {
      if (count == 0) {
        throw new IllegalArgumentException("dataset '" + name + "' has no row below its header");
      }
      return new Dataset(name, slot, order, columns, cells.toArray(), Arrays.copyOf(ends, count));
    }
  }

  /** Name of the dataset. */
  public String name() {
    return name;
  }

  /** Number of the dataset among the test's. */
  public int slot() {
    return slot;
  }

  /** Which row a request takes. */
  public Order order() {
    return order;
  }

  /** Names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Whether there is a row for the next request of a user that has used some already. */
  public boolean hasRow(long user, long users, long used) {
    return order != Order.EACH_ONCE || user + users * used < rows;
  }

  /** A whole row as a JSON object, each column a field whose type is guessed from its text. */
  public ObjectOf row() {
    List<ObjectOf.Field> fields = new ArrayList<>();
    for (String column : columns) {
      fields.add(new ObjectOf.Field(column, new Column(this, column, Column.Type.AUTO)));
    }
    return new ObjectOf(fields);
  }

  /** Number of the row that the draw's request takes. */
  int rowOf(Draw draw) {
    if (order == Order.RANDOM) {
      return (int) draw.below(rows, place, 0);
    }
    long number = draw.user() + draw.users() * draw.rowsUsed(slot);
    return (int) (number % rows);
  }

  void cell(int row, int column, Bytes out) {
    int index = row * columns.size() + column;
    int from = index == 0 ? 0 : ends[index - 1];
    out.write(cells, from, ends[index] - from);
  }

  String cell(int row, int column) {
    int index = row * columns.size() + column;
    int from = index == 0 ? 0 : ends[index - 1];
    return new String(cells, from, ends[index] - from, StandardCharsets.UTF_8);
  }
}
