package dev.squall.runner.plan;

import dev.squall.runner.engine.Check;
import dev.squall.runner.engine.Needs;
import dev.squall.runner.engine.Refusal;
import dev.squall.runner.engine.Response;
import dev.squall.runner.recording.FailureKind;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status is an accepted one. */
final class StatusCheck implements Check {
  private static final int LOWEST = 100;
  private static final int HIGHEST = 999;

  private final BitSet accepted;
  private final Refusal[] refusals = new Refusal[HIGHEST + 1];

  private StatusCheck(BitSet accepted, String expected) {
    this.accepted = accepted;
    for (int status = 0; status <= HIGHEST; status++) {
      refusals[status] =
          new Refusal(FailureKind.STATUS, "status " + status + ", expected " + expected);
    }
  }

  /** Any status below 400: what is accepted when nothing is said. */
  static StatusCheck belowFourHundred() {
    BitSet accepted = new BitSet();
    accepted.set(LOWEST, 400);
    return new StatusCheck(accepted, "below 400");
  }

  /** One of some codes, or of some classes such as {@code 2xx}. */
  static StatusCheck oneOf(List<Integer> codes, List<String> classes) {
    BitSet accepted = new BitSet();
    codes.forEach(accepted::set);
    for (String name : classes) {
      int from = (name.charAt(0) - '0') * 100;
      accepted.set(from, from + 100);
    }
    String expected =
        Stream.concat(codes.stream().map(String::valueOf), classes.stream())
            .collect(Collectors.joining(" or "));
    return new StatusCheck(accepted, expected);
  }

  @Override
  public Needs needs() {
    return Needs.STATUS;
  }

  @Override
  public @Nullable Refusal check(Response response) {
    int status = response.status();
    return accepted.get(status) ? null : refusals[Math.clamp(status, 0, HIGHEST)];
  }
}
