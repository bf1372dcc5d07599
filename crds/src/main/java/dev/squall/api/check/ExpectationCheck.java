package dev.squall.api.check;

import dev.squall.api.v1alpha1.BodyExpectation;
import dev.squall.api.v1alpha1.Expectation;
import dev.squall.api.v1alpha1.ResponseTimeExpectation;

/** Expectations: expressions that parse, limits that can be reached. */
final class ExpectationCheck {
  private ExpectationCheck() {}

  static void check(String path, Expectation expect, String timeout, Findings findings) {
    for (int i = 0; i < expect.headers().size(); i++) {
      String matches = expect.headers().get(i).matches();
      if (matches != null) {
        findings.regex(path + ".headers[" + i + "].matches", matches);
      }
    }
    BodyExpectation body = expect.body();
    String matches = body == null ? null : body.matches();
    if (matches != null) {
      findings.regex(path + ".body.matches", matches);
    }
    for (int i = 0; i < expect.json().size(); i++) {
      findings.jsonPath(path + ".json[" + i + "].path", expect.json().get(i).path());
    }
    ResponseTimeExpectation time = expect.responseTime();
    if (time != null && Durations.parse(time.below()).compareTo(Durations.parse(timeout)) > 0) {
      findings.add(
          path + ".responseTime.below",
          "longer than the request's timeout ("
              + timeout
              + "), which fails it before: exchange them");
    }
  }
}
