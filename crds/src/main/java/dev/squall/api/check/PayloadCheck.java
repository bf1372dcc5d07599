package dev.squall.api.check;

import dev.squall.api.v1alpha1.ArrayGenerator;
import dev.squall.api.v1alpha1.Choice;
import dev.squall.api.v1alpha1.ColumnGenerator;
import dev.squall.api.v1alpha1.Dataset;
import dev.squall.api.v1alpha1.DatasetRow;
import dev.squall.api.v1alpha1.Generator;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.NumberGenerator;
import dev.squall.api.v1alpha1.Payload;
import dev.squall.api.v1alpha1.StringGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Payloads: what they refer to exists, no cycle, no pattern that does not parse. */
final class PayloadCheck {
  private final LoadTestSpec spec;
  private final Names names;
  private final Findings findings;

  PayloadCheck(LoadTestSpec spec, Names names, Findings findings) {
    this.spec = spec;
    this.names = names;
    this.findings = findings;
  }

  void check() {
    for (int i = 0; i < spec.payloads().size(); i++) {
      Payload payload = spec.payloads().get(i);
      String path = "spec.payloads[" + i + "]";
      DatasetRow row = payload.row();
      if (row != null) {
        dataset(path + ".row.dataset", row.dataset());
      }
      generators(path, payload).forEach(this::generator);
      if (payload.batch() != null) {
        batch(path, payload);
      }
    }
    new PayloadCycles(names, findings).check();
  }

  /** The generators of a payload, by where they stand. */
  static Map<String, Generator> generators(String path, Payload payload) {
    Map<String, Generator> generators = new LinkedHashMap<>();
    payload
        .fields()
        .forEach((name, generator) -> generators.put(path + ".fields." + name, generator));
    Generator value = payload.value();
    if (value != null) {
      generators.put(path + ".value", value);
    }
    return generators;
  }

  /** All of a request's records would draw the same row: it is the request's. */
  private void batch(String path, Payload payload) {
    if (payload.row() != null) {
      findings.add(
          path + ".batch", "all records would be the same row of the dataset: set fields instead");
    }
    generators(path, payload)
        .forEach(
            (place, generator) -> {
              if (generator.column() != null) {
                findings.add(
                    place + ".column",
                    "all records of the batch would have the same row's value: draw it otherwise,"
                        + " or remove batch");
              }
            });
  }

  private void generator(String path, Generator generator) {
    String payload = generator.payload();
    if (payload != null) {
      payload(path + ".payload", payload);
    }
    ArrayGenerator array = generator.array();
    if (array != null) {
      payload(path + ".array.payload", array.payload());
      Payload element = names.payloads().get(array.payload());
      if (element != null && element.batch() != null) {
        findings.add(
            path + ".array.payload",
            "'" + array.payload() + "' has batch, so it is an array already: use payload instead");
      }
    }
    ColumnGenerator column = generator.column();
    if (column != null) {
      dataset(path + ".column.dataset", column.dataset());
    }
    StringGenerator string = generator.string();
    if (string != null) {
      pattern(path + ".string.pattern", string.pattern());
    }
    List<Choice> choice = generator.choice();
    if (choice != null && choice.stream().allMatch(one -> one.weight() == 0)) {
      findings.add(path + ".choice", "at least one value needs a weight above 0");
    }
    NumberGenerator number = generator.number();
    if (number != null) {
      new NumberCheck(path + ".number", number, findings).check();
    }
  }

  private void payload(String path, String name) {
    if (!names.payloads().containsKey(name)) {
      findings.add(
          path,
          "no payload is named '"
              + name
              + "'"
              + Names.thereAre(names.payloads().keySet(), "payloads"));
    }
  }

  private void dataset(String path, String name) {
    Dataset dataset = names.datasets().get(name);
    if (dataset != null) {
      LoadCheck.rows(path, dataset, findings);
    } else {
      findings.add(
          path,
          "no dataset is named '"
              + name
              + "'"
              + Names.thereAre(names.datasets().keySet(), "datasets"));
    }
  }

  private void pattern(String path, String pattern) {
    try {
      StringPattern.check(pattern);
    } catch (IllegalArgumentException e) {
      findings.add(path, "does not parse: " + e.getMessage());
    }
  }
}
