package dev.squall.operator.accept;

import dev.squall.api.check.ContentHash;
import dev.squall.api.check.Problem;
import dev.squall.api.check.SpecCheck;
import dev.squall.api.v1alpha1.LoadTestSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a test may be run: what a schema cannot see of its spec, and where it is aimed.
 *
 * @param targets where load may be sent
 */
public record Acceptance(AllowedTargets targets) {
  /** Problems that one message names; the rest is counted. */
  private static final int NAMED = 5;

  /** Why a test in this namespace may not be run; empty if it may. */
  public Optional<Refusal> refuse(String namespace, LoadTestSpec test) {
    List<Problem> problems = SpecCheck.check(test);
    return problems.isEmpty()
        ? targets.refuse(namespace, test.target())
        : Optional.of(Refusal.certain("InvalidSpec", message(problems)));
  }

  /** Hash of what of a test is run: history limits, for one, are not. */
  public String contentHash(LoadTestSpec test) {
    return ContentHash.of(test);
  }

  private static String message(List<Problem> problems) {
    String named =
        problems.stream().limit(NAMED).map(Problem::toString).collect(Collectors.joining("; "));
    return problems.size() <= NAMED
        ? named
        : "%s; and %d more problems".formatted(named, problems.size() - NAMED);
  }
}
