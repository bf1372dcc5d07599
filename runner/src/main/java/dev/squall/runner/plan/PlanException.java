package dev.squall.runner.plan;

import dev.squall.api.check.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A plan that cannot be run as it is. */
public final class PlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** What is wrong, at least one problem, each with its field and the fix. */
  public PlanException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** One thing that is wrong. */
  public PlanException(String field, String message) {
    this(List.of(new Problem(field, message)));
  }

  /** What is wrong. */
  public List<Problem> problems() {
    return problems;
  }
}
