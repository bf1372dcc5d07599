package dev.squall.runner.plan;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Replay;
import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.engine.payload.Dataset;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files of a test's datasets: CSV into rows; logs that are only replayed when their
 * instants are asked for.
 */
final class Datasets {
  private final Map<String, Dataset> byName = new LinkedHashMap<>();
  private final List<DatasetDigest> digests = new ArrayList<>();
  private final LoadTestSpec spec;
  private final Sources sources;

  private Datasets(LoadTestSpec spec, Sources sources) {
    this.spec = spec;
    this.sources = sources;
  }

  /**
   * Reads all datasets, in order.
   *
   * @throws PlanException if one cannot be read
   */
  static Datasets read(LoadTestSpec spec, Sources sources) {
    Datasets datasets = new Datasets(spec, sources);
    for (int i = 0; i < spec.datasets().size(); i++) {
      datasets.add("spec.datasets[" + i + "]", spec.datasets().get(i));
    }
    datasets.digests.sort(Comparator.comparing(DatasetDigest::name));
    return datasets;
  }

  /** The dataset of a name that {@code SpecCheck} has seen. */
  Dataset get(String name) {
    Dataset dataset = byName.get(name);
    if (dataset == null) {
      throw new IllegalStateException("no dataset is named '" + name + "'");
    }
    return dataset;
  }

  List<Dataset> all() {
    return List.copyOf(byName.values());
  }

  List<DatasetDigest> digests() {
    return digests;
  }

  /**
   * The instants of a log that {@code SpecCheck} has seen, in nanoseconds since 1970.
   *
   * @throws PlanException naming the replay's field, if they cannot be read
   */
  long[] instants(String field, Replay replay) {
    dev.squall.api.v1alpha1.Dataset log =
        spec.datasets().stream()
            .filter(d -> d.name().equals(replay.dataset()))
            .findFirst()
            .orElseThrow();
    return DatasetFile.read(
        field,
        log,
        sources,
        in -> ReplayLog.instants(new BufferedReader(DatasetFile.utf8(in)), log.format(), replay));
  }

  private void add(String field, dev.squall.api.v1alpha1.Dataset dataset) {
    MessageDigest digest = sha256();
    boolean rows = Drawn.rows(spec, dataset);
    DatasetFile.read(
        field,
        dataset,
        sources,
        file -> {
          InputStream in = new DigestInputStream(file, digest);
          if (rows) {
            byName.put(dataset.name(), rows(dataset, byName.size(), in));
          }
          return in.transferTo(OutputStream.nullOutputStream());
        });
    digests.add(new DatasetDigest(dataset.name(), HexFormat.of().formatHex(digest.digest())));
  }

  private static Dataset rows(dev.squall.api.v1alpha1.Dataset spec, int slot, InputStream in) {
    CsvRows csv = new CsvRows(DatasetFile.utf8(in));
    Dataset.Builder rows = Dataset.builder(spec.name(), slot, order(spec), csv.columns());
    csv.forEach((_, fields) -> rows.add(fields));
    return rows.build();
  }

  private static Dataset.Order order(dev.squall.api.v1alpha1.Dataset spec) {
    return switch (spec.order()) {
      case InOrder -> Dataset.Order.IN_ORDER;
      case Random -> Dataset.Order.RANDOM;
      case EachOnce -> Dataset.Order.EACH_ONCE;
    };
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
