package dev.squall.runner.plan;

import dev.squall.api.v1alpha1.ColumnGenerator;
import dev.squall.api.v1alpha1.Dataset;
import dev.squall.api.v1alpha1.DatasetFormat;
import dev.squall.api.v1alpha1.DatasetRow;
import dev.squall.api.v1alpha1.Generator;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Payload;
import java.util.stream.Stream;

/** Which datasets are drawn from, so that a log that is only replayed is not held as rows. */
final class Drawn {
  private Drawn() {}

  /** Whether the dataset's rows are needed: it is CSV, and drawn from or not replayed. */
  static boolean rows(LoadTestSpec spec, Dataset from) {
    if (from.format() != DatasetFormat.Csv) {
      return false;
    }
    String dataset = from.name();
    boolean replayed =
        spec.loads().stream()
            .flatMap(load -> Stream.ofNullable(load.arrivals()))
            .flatMap(arrivals -> Stream.ofNullable(arrivals.replay()))
            .anyMatch(replay -> replay.dataset().equals(dataset));
    return !replayed || spec.payloads().stream().anyMatch(payload -> draws(payload, dataset));
  }

  private static boolean draws(Payload payload, String dataset) {
    DatasetRow row = payload.row();
    Generator value = payload.value();
    return (row != null && row.dataset().equals(dataset))
        || (value != null && draws(value, dataset))
        || payload.fields().values().stream().anyMatch(field -> draws(field, dataset));
  }

  private static boolean draws(Generator generator, String dataset) {
    ColumnGenerator column = generator.column();
    return column != null && column.dataset().equals(dataset);
  }
}
