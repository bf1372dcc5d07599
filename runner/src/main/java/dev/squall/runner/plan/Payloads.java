package dev.squall.runner.plan;

import dev.squall.api.v1alpha1.ArrayGenerator;
import dev.squall.api.v1alpha1.Batch;
import dev.squall.api.v1alpha1.ColumnGenerator;
import dev.squall.api.v1alpha1.DatasetRow;
import dev.squall.api.v1alpha1.Mutation;
import dev.squall.api.v1alpha1.Payload;
import dev.squall.runner.engine.payload.ArrayOf;
import dev.squall.runner.engine.payload.Column;
import dev.squall.runner.engine.payload.Generator;
import dev.squall.runner.engine.payload.Mutated;
import dev.squall.runner.engine.payload.ObjectOf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes generators of payloads. {@code SpecCheck} has seen that names exist and make no cycle. */
final class Payloads {
  private final Map<String, Payload> specs = new HashMap<>();
  private final Map<String, String> fields = new HashMap<>();
  private final Map<String, Generator> made = new HashMap<>();
  private final Datasets datasets;

  Payloads(List<Payload> payloads, Datasets datasets) {
    this.datasets = datasets;
    for (int i = 0; i < payloads.size(); i++) {
      specs.put(payloads.get(i).name(), payloads.get(i));
      fields.put(payloads.get(i).name(), "spec.payloads[" + i + "]");
    }
  }

  /** Whether there is a payload of that name. */
  boolean has(String name) {
    return specs.containsKey(name);
  }

  /**
   * The generator of a payload.
   *
   * @throws PlanException if its values cannot be made
   */
  Generator get(String name) {
    Generator known = made.get(name);
    if (known != null) {
      return known;
    }
    Payload payload = specs.get(name);
    if (payload == null) {
      throw new IllegalStateException("no payload is named '" + name + "'");
    }
    Generator one = payload(fields.getOrDefault(name, ""), payload);
    Batch batch = payload.batch();
    Generator generator = batch == null ? one : new ArrayOf(one, batch.size(), batch.size());
    made.put(name, generator);
    return generator;
  }

  /**
   * The generator of a payload made invalid.
   *
   * @param field path of the mutation
   */
  Generator mutated(String field, String payload, Mutation mutation) {
    return checked(
        field,
        () ->
            new Mutated(
                get(payload),
                new Mutated.Mutation(
                    mutation.dropFields(),
                    mutation.nullFields(),
                    mutation.wrongType(),
                    mutation.outOfRange(),
                    mutation.extraFields(),
                    mutation.truncate(),
                    mutation.only())));
  }

  private Generator payload(String field, Payload payload) {
    DatasetRow row = payload.row();
    if (row != null) {
      return checked(field + ".row", () -> datasets.get(row.dataset()).row());
    }
    dev.squall.api.v1alpha1.Generator value = payload.value();
    if (value != null) {
      return generator(field + ".value", value);
    }
    List<ObjectOf.Field> object = new ArrayList<>();
    payload
        .fields()
        .forEach(
            (name, of) ->
                object.add(new ObjectOf.Field(name, generator(field + ".fields." + name, of))));
    return new ObjectOf(object);
  }

  private Generator generator(String field, dev.squall.api.v1alpha1.Generator spec) {
    return checked(
        field,
        () ->
            Draws.of(spec)
                .or(() -> composed(spec))
                .orElseThrow(
                    () -> new IllegalArgumentException("set exactly one kind of generator")));
  }

  private Optional<Generator> composed(dev.squall.api.v1alpha1.Generator spec) {
    String payload = spec.payload();
    if (payload != null) {
      return Optional.of(get(payload));
    }
    ArrayGenerator array = spec.array();
    if (array != null) {
      return Optional.of(new ArrayOf(get(array.payload()), array.min(), array.max()));
    }
    ColumnGenerator column = spec.column();
    if (column != null) {
      Column.Type type =
          switch (column.type()) {
            case String -> Column.Type.STRING;
            case Integer -> Column.Type.INTEGER;
            case Number -> Column.Type.NUMBER;
            case Boolean -> Column.Type.BOOLEAN;
            case Auto -> Column.Type.AUTO;
          };
      return Optional.of(new Column(datasets.get(column.dataset()), column.name(), type));
    }
    return Optional.empty();
  }

  private static <T> T checked(String field, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw new PlanException(field, String.valueOf(e.getMessage()));
    }
  }
}
