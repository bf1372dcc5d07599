package dev.squall.runner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.api.v1alpha1.ArrayGenerator;
import dev.squall.api.v1alpha1.BooleanGenerator;
import dev.squall.api.v1alpha1.Choice;
import dev.squall.api.v1alpha1.ColumnGenerator;
import dev.squall.api.v1alpha1.DatasetRow;
import dev.squall.api.v1alpha1.IntegerGenerator;
import dev.squall.api.v1alpha1.JsonLiteral;
import dev.squall.api.v1alpha1.Mutation;
import dev.squall.api.v1alpha1.NumberGenerator;
import dev.squall.api.v1alpha1.Payload;
import dev.squall.api.v1alpha1.SequenceGenerator;
import dev.squall.api.v1alpha1.StringGenerator;
import dev.squall.api.v1alpha1.TimestampGenerator;
import dev.squall.runner.engine.payload.ArrayOf;
import dev.squall.runner.engine.payload.Booleans;
import dev.squall.runner.engine.payload.Choices;
import dev.squall.runner.engine.payload.Column;
import dev.squall.runner.engine.payload.Generator;
import dev.squall.runner.engine.payload.Integers;
import dev.squall.runner.engine.payload.Literal;
import dev.squall.runner.engine.payload.Mutated;
import dev.squall.runner.engine.payload.Numbers;
import dev.squall.runner.engine.payload.ObjectOf;
import dev.squall.runner.engine.payload.Sequence;
import dev.squall.runner.engine.payload.Strings;
import dev.squall.runner.engine.payload.Timestamps;
import dev.squall.runner.engine.payload.Uuids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    Generator generator = payload(fields.getOrDefault(name, ""), payload);
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

  /** Always the same JSON value. */
  static Literal literal(@Nullable JsonNode value) {
    if (value == null) {
      return Literal.json("null");
    }
    return value.isTextual() ? Literal.string(value.textValue()) : Literal.json(value.toString());
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
            drawn(spec)
                .or(() -> composed(spec))
                .orElseThrow(
                    () -> new IllegalArgumentException("set exactly one kind of generator")));
  }

  private static Optional<Generator> drawn(dev.squall.api.v1alpha1.Generator spec) {
    IntegerGenerator integer = spec.integer();
    if (integer != null) {
      return Optional.of(new Integers(integer.min(), integer.max()));
    }
    NumberGenerator number = spec.number();
    if (number != null) {
      return Optional.of(number(number));
    }
    List<Choice> choice = spec.choice();
    if (choice != null) {
      return Optional.of(
          new Choices(
              choice.stream()
                  .map(one -> new Choices.Option(literal(one.value()), one.weight()))
                  .toList()));
    }
    BooleanGenerator bool = spec.bool();
    if (bool != null) {
      return Optional.of(new Booleans(bool.probability()));
    }
    StringGenerator string = spec.string();
    if (string != null) {
      return Optional.of(new Strings(string.pattern()));
    }
    JsonLiteral constant = spec.constant();
    if (constant != null) {
      return Optional.of(literal(constant.value()));
    }
    SequenceGenerator sequence = spec.sequence();
    if (sequence != null) {
      return Optional.of(new Sequence(sequence.start(), sequence.step()));
    }
    if (spec.uuid() != null) {
      return Optional.of(new Uuids());
    }
    TimestampGenerator timestamp = spec.timestamp();
    return timestamp == null ? Optional.empty() : Optional.of(timestamp(timestamp));
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

  private static Numbers number(NumberGenerator spec) {
    double min = or(spec.min(), Double.NEGATIVE_INFINITY);
    double max = or(spec.max(), Double.POSITIVE_INFINITY);
    return switch (spec.distribution()) {
      case Uniform -> Numbers.uniform(min, max, spec.decimals());
      case Normal ->
          Numbers.normal(
              or(spec.mean(), Double.NaN),
              or(spec.standardDeviation(), Double.NaN),
              min,
              max,
              spec.decimals());
      case Exponential ->
          Numbers.exponential(or(spec.mean(), Double.NaN), min, max, spec.decimals());
    };
  }

  private static double or(@Nullable Double value, double other) {
    return value == null ? other : value;
  }

  private static Timestamps timestamp(TimestampGenerator spec) {
    return new Timestamps(
        switch (spec.format()) {
          case Rfc3339 -> Timestamps.Format.RFC3339;
          case UnixSeconds -> Timestamps.Format.UNIX_SECONDS;
          case UnixMillis -> Timestamps.Format.UNIX_MILLIS;
        });
  }

  private static <T> T checked(String field, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw new PlanException(field, String.valueOf(e.getMessage()));
    }
  }
}
