package dev.squall.runner.plan;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.BodyExpectation;
import dev.squall.api.v1alpha1.Expectation;
import dev.squall.api.v1alpha1.HeaderExpectation;
import dev.squall.api.v1alpha1.JsonExpectation;
import dev.squall.api.v1alpha1.ResponseTimeExpectation;
import dev.squall.runner.engine.Check;
import dev.squall.runner.engine.Needs;
import dev.squall.runner.engine.Refusal;
import dev.squall.runner.engine.Response;
import dev.squall.runner.recording.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles expectations: status first, then headers, body and time, cheapest to judge first. */
final class Checks {
  private Checks() {}

  /**
   * The checks of an expectation; without one, any status below 400 is accepted.
   *
   * @param scanned the paths of the request that a scan can follow
   */
  static List<Check> compile(@Nullable Expectation expect, ScannedPaths scanned) {
    List<Check> checks = new ArrayList<>();
    if (expect == null) {
      checks.add(StatusCheck.belowFourHundred());
      return checks;
    }
    checks.add(
        expect.status().isEmpty() && expect.statusClass().isEmpty()
            ? StatusCheck.belowFourHundred()
            : StatusCheck.oneOf(expect.status(), expect.statusClass()));
    ResponseTimeExpectation time = expect.responseTime();
    if (time != null) {
      checks.add(
          new Within(
              Durations.parse(time.below()).toNanos(),
              refusal("response time not below " + time.below())));
    }
    for (HeaderExpectation header : expect.headers()) {
      checks.add(header(header));
    }
    BodyExpectation body = expect.body();
    if (body != null) {
      body(body, checks);
    }
    for (JsonExpectation json : expect.json()) {
      JsonCheck parsing = JsonCheck.compile(json);
      checks.add(
          scanned
              .place(parsing.path())
              .map(place -> ScannedJsonCheck.compile(json, parsing, place))
              .orElse(parsing));
    }
    return checks;
  }

  static Refusal refusal(String reason) {
    return new Refusal(FailureKind.EXPECTATION, reason);
  }

  private static Check header(HeaderExpectation spec) {
    String name = "header " + spec.name();
    if (Boolean.FALSE.equals(spec.exists())) {
      return new HeaderIs(spec.name(), refusal(name + ": must not be there"), null, null);
    }
    Refusal missing = refusal(name + ": missing");
    String equalTo = spec.equalTo();
    String matches = spec.matches();
    Pattern pattern = matches == null ? null : Pattern.compile(matches);
    String wanted =
        (equalTo == null ? "" : "not '" + equalTo + "'")
            + (equalTo != null && matches != null ? " matching " : "")
            + (matches == null ? "" : equalTo == null ? "does not match " + matches : matches);
    return new HeaderIs(
        spec.name(),
        missing,
        value ->
            (equalTo == null || value.equals(equalTo))
                && (pattern == null || pattern.matcher(value).find()),
        refusal(name + ": " + wanted));
  }

  private static void body(BodyExpectation spec, List<Check> checks) {
    String contains = spec.contains();
    if (contains != null) {
      checks.add(
          new BodyIs(
              text -> text.contains(contains),
              refusal("body: does not contain '" + contains + "'")));
    }
    String matches = spec.matches();
    if (matches != null) {
      Pattern pattern = Pattern.compile(matches);
      checks.add(
          new BodyIs(
              text -> pattern.matcher(text).find(), refusal("body: does not match " + matches)));
    }
  }

  private record Within(long nanos, Refusal refusal) implements Check {
    @Override
    public Needs needs() {
      return Needs.STATUS;
    }

    @Override
    public @Nullable Refusal check(Response response) {
      return response.responseTimeNanos() < nanos ? null : refusal;
    }
  }

  /** A header is there and accepted; without a predicate, it must not be there. */
  private record HeaderIs(
      String name,
      Refusal presence,
      @Nullable Predicate<String> accepted,
      @Nullable Refusal refusal)
      implements Check {
    @Override
    public Needs needs() {
      return Needs.HEADERS;
    }

    @Override
    public @Nullable Refusal check(Response response) {
      String value = response.header(name);
      if (accepted == null) {
        return value == null ? null : presence;
      }
      if (value == null) {
        return presence;
      }
      return accepted.test(value) ? null : refusal;
    }
  }

  private record BodyIs(Predicate<String> accepted, Refusal refusal) implements Check {
    @Override
    public Needs needs() {
      return Needs.BODY;
    }

    @Override
    public @Nullable Refusal check(Response response) {
      return accepted.test(response.bodyText()) ? null : refusal;
    }
  }
}
