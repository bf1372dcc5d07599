package dev.squall.runner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.api.v1alpha1.JsonExpectation;
import dev.squall.api.v1alpha1.JsonLiteral;
import dev.squall.api.v1alpha1.Range;
import dev.squall.runner.engine.Check;
import dev.squall.runner.engine.Needs;
import dev.squall.runner.engine.Refusal;
import dev.squall.runner.engine.Response;
import dev.squall.runner.engine.json.JsonRange;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value in a JSON body is as expected. Where the path leads to several values, each must be, and
 * there must be one.
 */
final class JsonCheck implements Check {
  static final Refusal NOT_JSON = Checks.refusal("body: not JSON");

  /** 1 and 1.0 are one number. */
  private static final Comparator<JsonNode> AS_NUMBERS =
      (one, other) ->
          isFinite(one) && isFinite(other)
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  private final CompiledPath path;
  private final boolean wanted;
  private final Predicate<JsonNode> accepted;
  private final Refusal presence;
  private final Refusal refusal;

  private JsonCheck(String path, boolean wanted, Predicate<JsonNode> accepted, String not) {
    this.path = new CompiledPath(path);
    this.wanted = wanted;
    this.accepted = accepted;
    this.presence = Checks.refusal(path + (wanted ? ": missing" : ": must not be there"));
    this.refusal = Checks.refusal(path + ": " + not);
  }

  static JsonCheck compile(JsonExpectation spec) {
    JsonLiteral equalTo = spec.equalTo();
    List<JsonLiteral> in = spec.in();
    Range range = spec.range();
    if (equalTo != null) {
      return new JsonCheck(spec.path(), true, is(equalTo.value()), "not " + text(equalTo.value()));
    }
    if (in != null) {
      List<Predicate<JsonNode>> any = in.stream().map(one -> is(one.value())).toList();
      String list =
          in.stream().map(one -> text(one.value())).collect(Collectors.joining(",", "[", "]"));
      return new JsonCheck(
          spec.path(),
          true,
          value -> any.stream().anyMatch(one -> one.test(value)),
          "not one of " + list);
    }
    if (range != null) {
      JsonRange bounds = bounds(range);
      return new JsonCheck(
          spec.path(),
          true,
          value ->
              value.isNumber()
                  && value.doubleValue() >= bounds.min()
                  && value.doubleValue() <= bounds.max(),
          "not a number from "
              + (range.min() == null ? "any" : text(range.min()))
              + " to "
              + (range.max() == null ? "any" : text(range.max())));
    }
    return new JsonCheck(spec.path(), !Boolean.FALSE.equals(spec.exists()), value -> true, "");
  }

  static JsonRange bounds(Range range) {
    return new JsonRange(
        range.min() == null ? Double.NEGATIVE_INFINITY : range.min(),
        range.max() == null ? Double.POSITIVE_INFINITY : range.max());
  }

  private static boolean isFinite(JsonNode value) {
    return value.isNumber() && !(value.isDouble() && !Double.isFinite(value.doubleValue()));
  }

  CompiledPath path() {
    return path;
  }

  /**
   * What is wrong, null if nothing is.
   *
   * @param there whether the path led to something
   * @param accepted whether that is as expected
   */
  @Nullable Refusal refusal(boolean there, boolean accepted) {
    if (there != wanted) {
      return presence;
    }
    return !there || accepted ? null : refusal;
  }

  @Override
  public Needs needs() {
    return Needs.BODY;
  }

  @Override
  public @Nullable Refusal check(Response response) {
    JsonNode body = ParsedBody.of(response);
    if (body.isMissingNode()) {
      return NOT_JSON;
    }
    JsonNode found = path.read(body);
    boolean there = path.definite() ? !found.isMissingNode() : !found.isEmpty();
    boolean all = there && accepted(found);
    return refusal(there, all);
  }

  private boolean accepted(JsonNode found) {
    if (path.definite()) {
      return accepted.test(found);
    }
    for (JsonNode each : found) {
      if (!accepted.test(each)) {
        return false;
      }
    }
    return true;
  }

  private static Predicate<JsonNode> is(@Nullable JsonNode wanted) {
    return wanted == null ? JsonNode::isNull : value -> wanted.equals(AS_NUMBERS, value);
  }

  private static String text(@Nullable JsonNode value) {
    return value == null ? "null" : value.toString();
  }

  /** A number without the .0 that Java puts after whole ones. */
  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
