package dev.squall.runner.coordinator;

import dev.squall.api.check.Checked;
import dev.squall.api.check.Manifests;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.wire.Plan;

/** Makes plans for tests, from manifests as users write them. */
public final class Plans {
  private static final String SCENARIOS =
      """
        scenarios:
          - name: buyer
            tasks:
              - {name: predict, request: {method: POST, path: /predict}}
              - name: order
                steps:
                  - {name: cart, request: {method: GET, path: /cart}}
                  - {name: pay, request: {method: POST, path: /pay}}
              - {name: chat, request: {method: POST, path: /chat, stream: {unit: Event}}}
      """;

  private Plans() {}

  /** A spec of two tasks, one of them a sequence, with further fields under {@code spec}. */
  public static LoadTestSpec spec(String more) {
    String text =
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: checkout}
        spec:
        """
            + unless(more, "target: {url: 'http://127.0.0.1'}")
            + unless(
                more,
                "loads: [{name: all, users: {count: 10, spawnRate: 100}, duration: 5s,"
                    + " gracefulStop: 2s}]")
            + (more.lines().anyMatch(l -> l.startsWith("scenarios:")) ? "" : SCENARIOS)
            + more.indent(2);
    return switch (Manifests.check(text).getFirst()) {
      case Checked.Accepted(var manifest) -> manifest.spec();
      case Checked.Refused(var name, var problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  private static String unless(String more, String line) {
    String key = line.substring(0, line.indexOf(':') + 1);
    return more.lines().anyMatch(l -> l.startsWith(key)) ? "" : "  " + line + "\n";
  }

  /** A plan of so many runners. */
  public static Plan plan(int runners, String target, String more) {
    return new Plan("shop", "checkout", "checkout-1-abcde", "uid-1", runners, target, spec(more));
  }
}
