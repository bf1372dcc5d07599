package dev.squall.runner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.api.v1alpha1.BooleanGenerator;
import dev.squall.api.v1alpha1.Choice;
import dev.squall.api.v1alpha1.IntegerGenerator;
import dev.squall.api.v1alpha1.JsonLiteral;
import dev.squall.api.v1alpha1.NumberGenerator;
import dev.squall.api.v1alpha1.SequenceGenerator;
import dev.squall.api.v1alpha1.StringGenerator;
import dev.squall.api.v1alpha1.TimestampGenerator;
import dev.squall.runner.engine.payload.Booleans;
import dev.squall.runner.engine.payload.Choices;
import dev.squall.runner.engine.payload.Generator;
import dev.squall.runner.engine.payload.Integers;
import dev.squall.runner.engine.payload.Literal;
import dev.squall.runner.engine.payload.Numbers;
import dev.squall.runner.engine.payload.Sequence;
import dev.squall.runner.engine.payload.Strings;
import dev.squall.runner.engine.payload.Timestamps;
import dev.squall.runner.engine.payload.Uuids;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the generators that draw a value of their own, from their part of the spec. */
final class Draws {
  private Draws() {}

  /**
   * The generator of a spec; empty if it refers to payloads or datasets.
   *
   * @throws IllegalArgumentException if its parameters make no sense
   */
  static Optional<Generator> of(dev.squall.api.v1alpha1.Generator spec) {
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

  /** Always the same JSON value. */
  private static Literal literal(@Nullable JsonNode value) {
    if (value == null) {
      return Literal.json("null");
    }
    return value.isTextual() ? Literal.string(value.textValue()) : Literal.json(value.toString());
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
}
