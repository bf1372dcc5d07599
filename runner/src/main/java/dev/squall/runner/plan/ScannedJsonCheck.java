package dev.squall.runner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.api.v1alpha1.JsonExpectation;
import dev.squall.api.v1alpha1.JsonLiteral;
import dev.squall.api.v1alpha1.Range;
import dev.squall.runner.engine.Check;
import dev.squall.runner.engine.Needs;
import dev.squall.runner.engine.Refusal;
import dev.squall.runner.engine.Response;
import dev.squall.runner.engine.json.JsonKind;
import dev.squall.runner.engine.json.JsonPaths;
import dev.squall.runner.engine.json.JsonRange;
import dev.squall.runner.engine.json.JsonScalar;
import dev.squall.runner.engine.json.JsonScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link JsonCheck} that looks at the body's bytes, and makes no objects of them. */
final class ScannedJsonCheck implements Check {
  /** Whether a value is as expected. */
  private interface Test {
    boolean accepts(JsonScan scan, int path);
  }

  private final JsonCheck parsing;
  private final JsonPaths paths;
  private final int path;
  private final Test test;

  private ScannedJsonCheck(JsonCheck parsing, ScannedPaths.Place place, Test test) {
    this.parsing = parsing;
    this.paths = place.paths();
    this.path = place.path();
    this.test = test;
  }

  /** The check of an expectation; the parsing one where values are not scalars. */
  static Check compile(JsonExpectation spec, JsonCheck parsing, ScannedPaths.Place place) {
    return test(spec)
        .<Check>map(test -> new ScannedJsonCheck(parsing, place, test))
        .orElse(parsing);
  }

  private static Optional<Test> test(JsonExpectation spec) {
    JsonLiteral equalTo = spec.equalTo();
    List<JsonLiteral> in = spec.in();
    Range range = spec.range();
    if (equalTo != null) {
      return oneOf(List.of(equalTo));
    }
    if (in != null) {
      return oneOf(in);
    }
    if (range != null) {
      JsonRange bounds = JsonCheck.bounds(range);
      return Optional.of(bounds::isAt);
    }
    return Optional.of((_, _) -> true);
  }

  private static Optional<Test> oneOf(List<JsonLiteral> literals) {
    List<JsonScalar> scalars = new ArrayList<>();
    for (JsonLiteral literal : literals) {
      Optional<JsonScalar> scalar = scalar(literal.value());
      if (scalar.isEmpty()) {
        return Optional.empty();
      }
      scalars.add(scalar.get());
    }
    JsonScalar[] wanted = scalars.toArray(JsonScalar[]::new);
    return Optional.of(
        (scan, path) -> {
          for (JsonScalar one : wanted) {
            if (one.isAt(scan, path)) {
              return true;
            }
          }
          return false;
        });
  }

  private static Optional<JsonScalar> scalar(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return Optional.of(new JsonScalar.Word(JsonKind.NULL));
    }
    if (value.isBoolean()) {
      return Optional.of(
          new JsonScalar.Word(value.booleanValue() ? JsonKind.TRUE : JsonKind.FALSE));
    }
    if (value.isTextual() && ScannedPaths.isScannable(value.textValue())) {
      return Optional.of(new JsonScalar.Text(value.textValue()));
    }
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      return Optional.of(new JsonScalar.Numeric(value.decimalValue()));
    }
    return Optional.empty();
  }

  @Override
  public Needs needs() {
    return Needs.BODY;
  }

  @Override
  public @Nullable Refusal check(Response response) {
    JsonScan scan = response.json(paths);
    return switch (scan.outcome()) {
      case UNDECIDED -> parsing.check(response);
      case NOT_JSON -> JsonCheck.NOT_JSON;
      case JSON -> {
        boolean there = scan.kind(path) != JsonKind.MISSING;
        yield parsing.refusal(there, there && test.accepts(scan, path));
      }
    };
  }
}
