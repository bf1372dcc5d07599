package dev.squall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.api.check.WrongManifests;
import dev.squall.api.check.WrongManifests.Wrong;
import dev.squall.api.resource.LoadTest;
import dev.squall.api.v1alpha1.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a schema cannot see is refused by the operator, at the same field as offline. */
final class WrongManifestsE2E {
  private final Installed squall = Installed.shared();

  @Test
  void theOperatorRefusesWhatASchemaCannotSee() {
    try (Space space = squall.space("wrong")) {
      List<Executable> rows = new ArrayList<>();
      int number = 0;
      for (Wrong wrong : WrongManifests.all()) {
        if (wrong.byOperator()) {
          String name = "wrong-" + number++;
          ObjectNode manifest = wrong.manifest();
          ((ObjectNode) manifest.path("metadata")).put("name", name);
          space.apply(manifest.toString());
          rows.add(
              () ->
                  assertThat(refusal(space, name))
                      .as(wrong.name())
                      .contains(wrong.field(), wrong.message()));
        }
      }
      assertAll(rows);
    }
  }

  /** The message of {@code Accepted=False}, awaited. */
  private static String refusal(Space space, String name) {
    LoadTest refused =
        space
            .client()
            .resources(LoadTest.class)
            .inNamespace(space.namespace())
            .withName(name)
            .waitUntilCondition(
                test -> test != null && accepted(test).isPresent(), 60, TimeUnit.SECONDS);
    Condition accepted = accepted(refused).orElseThrow();
    assertThat(accepted.status()).as(name + ": " + accepted.message()).isEqualTo("False");
    return accepted.message();
  }

  private static Optional<Condition> accepted(LoadTest test) {
    return test.getStatus() == null
        ? Optional.empty()
        : test.getStatus().conditions().stream()
            .filter(condition -> condition.type().equals("Accepted"))
            .filter(condition -> !condition.status().equals("Unknown"))
            .findFirst();
  }
}
