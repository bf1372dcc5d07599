package dev.squall.runner.engine.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static Dataset dataset(Dataset.Order order, int rows) {
    Dataset.Builder builder = Dataset.builder("people", 0, order, List.of("id", "name"));
    for (int i = 0; i < rows; i++) {
      builder.add(List.of("" + i, "n\"" + i));
    }
    return builder.build();
  }

  private static String row(Dataset dataset, long users, long user, int used) {
    Bytes out = new Bytes(8);
    dataset.row().json(new Draw(7, users).at(user, used, 0).rowsUsed(new long[] {used}), 0, out);
    return out.toString();
  }

  @Test
  void allColumnsComeFromTheSameRow() {
    for (Dataset.Order order : Dataset.Order.values()) {
      for (int user = 0; user < 20; user++) {
        assertThat(row(dataset(order, 50), 20, user, 1))
            .matches("\\{\"id\":(\\d+),\"name\":\"n\\\\\"\\1\"}");
      }
    }
  }

  @Test
  void rowsInOrderAreStridedByUserAndStartOver() {
    Dataset dataset = dataset(Dataset.Order.IN_ORDER, 5);
    assertThat(row(dataset, 3, 0, 0)).contains("\"id\":0,");
    assertThat(row(dataset, 3, 2, 0)).contains("\"id\":2,");
    assertThat(row(dataset, 3, 1, 1)).contains("\"id\":4,");
    assertThat(row(dataset, 3, 2, 1)).contains("\"id\":0,");
  }

  @Test
  void eachRowIsTakenOnceAndThenThereIsNone() {
    Dataset dataset = dataset(Dataset.Order.EACH_ONCE, 50);
    Set<String> seen = new HashSet<>();
    for (int user = 0; user < 7; user++) {
      for (int used = 0; dataset.hasRow(user, 7, used); used++) {
        assertThat(seen.add(row(dataset, 7, user, used))).isTrue();
      }
    }
    assertThat(seen).hasSize(50);
    assertThat(dataset(Dataset.Order.IN_ORDER, 1).hasRow(3, 7, 1000)).isTrue();
  }

  @Test
  void randomRowsAreEquallyLikely() {
    Dataset dataset = dataset(Dataset.Order.RANDOM, 10);
    Map<String, Integer> counts = new HashMap<>();
    for (int user = 0; user < 10_000; user++) {
      counts.merge(row(dataset, 10_000, user, 0), 1, Integer::sum);
    }
    assertThat(counts).hasSize(10).allSatisfy((row, n) -> assertThat(n).isBetween(850, 1150));
  }

  @Test
  void typesAreGuessedOrChecked() {
    Dataset dataset =
        Dataset.builder("d", 0, Dataset.Order.IN_ORDER, List.of("a"))
            .add(List.of("1.5"))
            .add(List.of("true"))
            .add(List.of("null"))
            .add(List.of("01"))
            .add(List.of(""))
            .build();
    Column auto = new Column(dataset, "a", Column.Type.AUTO);
    StringBuilder all = new StringBuilder();
    for (int user = 0; user < 5; user++) {
      Bytes out = new Bytes(8);
      auto.json(new Draw(7, 5).at(user, 0, 0), 0, out);
      all.append(out).append(' ');
    }
    assertThat(all).hasToString("1.5 true null \"01\" \"\" ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Column(dataset, "a", Column.Type.NUMBER))
        .withMessage("dataset 'd', row 2, column 'a': 'true' is not of type NUMBER");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Column(dataset, "b", Column.Type.AUTO))
        .withMessage("dataset 'd' has no column 'b'; its columns are a");
  }

  @Test
  void wrongFilesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.builder("d", 0, Dataset.Order.RANDOM, List.of("a", "a")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Dataset.builder("d", 0, Dataset.Order.RANDOM, List.of("a")).add(List.of("1", "2")))
        .withMessage("dataset 'd', row 1: 2 cells under 1 columns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.builder("d", 0, Dataset.Order.RANDOM, List.of("a")).build());
  }
}
