package dev.squall.runner.plan;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.engine.payload.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the CSV files of a test's datasets (RFC 4180, UTF-8, a header line). */
final class Datasets {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Map<String, Dataset> byName = new LinkedHashMap<>();
  private final List<DatasetDigest> digests = new ArrayList<>();

  private Datasets() {}

  /**
   * Reads all datasets, in order.
   *
   * @throws PlanException if one cannot be read
   */
  static Datasets read(List<dev.squall.api.v1alpha1.Dataset> specs, Sources sources) {
    Datasets datasets = new Datasets();
    for (int i = 0; i < specs.size(); i++) {
      datasets.add("spec.datasets[" + i + "]", specs.get(i), sources);
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

  private void add(String field, dev.squall.api.v1alpha1.Dataset spec, Sources sources) {
    Path file =
        sources
            .dataset(spec)
            .orElseThrow(
                () ->
                    new PlanException(
                        field, "no file for it: " + sources.howToGive("dataset", spec.name())));
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
        Reader reader = utf8(in)) {
      byName.put(spec.name(), rows(spec, byName.size(), reader));
    } catch (CsvParseException e) {
      if (e.getCause() instanceof IOException cause) {
        throw unreadable(field, file, cause, sources, spec.name());
      }
      throw new PlanException(field, file + " cannot be used: " + e.getMessage());
    } catch (UncheckedIOException e) {
      throw unreadable(field, file, e.getCause(), sources, spec.name());
    } catch (IOException e) {
      throw unreadable(field, file, e, sources, spec.name());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new PlanException(field, file + " cannot be used: " + e.getMessage());
    }
    digests.add(new DatasetDigest(spec.name(), HexFormat.of().formatHex(digest.digest())));
  }

  private static PlanException unreadable(
      String field, Path file, @Nullable IOException cause, Sources sources, String name) {
    if (cause instanceof CharacterCodingException) {
      return new PlanException(field, file + " is not UTF-8: convert it");
    }
    return new PlanException(
        field,
        "%s cannot be read (%s): %s".formatted(file, cause, sources.howToGive("dataset", name)));
  }

  private static Dataset rows(dev.squall.api.v1alpha1.Dataset spec, int slot, Reader reader)
      throws IOException {
    // Rows of another length are the builder's to refuse: it names the columns.
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(reader)) {
      var lines = records.iterator();
      if (!lines.hasNext()) {
        throw new IllegalArgumentException("it is empty; its first line must name the columns");
      }
      List<String> columns = new ArrayList<>(lines.next().getFields());
      if (columns.getFirst().indexOf(BYTE_ORDER_MARK) == 0) {
        columns.set(0, columns.getFirst().substring(1));
      }
      Dataset.Builder rows = Dataset.builder(spec.name(), slot, order(spec), columns);
      while (lines.hasNext()) {
        CsvRecord row = lines.next();
        boolean emptyLine =
            row.getFieldCount() == 1 && row.getField(0).isEmpty() && columns.size() > 1;
        if (!emptyLine) {
          rows.add(row.getFields());
        }
      }
      return rows.build();
    }
  }

  private static Dataset.Order order(dev.squall.api.v1alpha1.Dataset spec) {
    return switch (spec.order()) {
      case InOrder -> Dataset.Order.IN_ORDER;
      case Random -> Dataset.Order.RANDOM;
      case EachOnce -> Dataset.Order.EACH_ONCE;
    };
  }

  private static Reader utf8(InputStream in) {
    return new InputStreamReader(
        in,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
