package dev.squall.runner.engine.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MutatedTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectOf PATIENT =
      new ObjectOf(
          List.of(
              new ObjectOf.Field("age", new Integers(29, 77)),
              new ObjectOf.Field("oldpeak", Numbers.uniform(0, 6.2, 1)),
              new ObjectOf.Field("name", new Strings("[a-z]{5}")),
              new ObjectOf.Field("smoker", new Booleans(0.5))));

  private static Mutated mutated(
      int drop, int nulls, int wrong, int range, int extra, boolean truncate, String... only) {
    return new Mutated(
        PATIENT, new Mutated.Mutation(drop, nulls, wrong, range, extra, truncate, List.of(only)));
  }

  private static String draw(Generator generator, int user) {
    Bytes out = new Bytes(4);
    generator.json(new Draw(42, 20).at(user, 0, 0), 1, out);
    return out.toString();
  }

  private static JsonNode json(Generator generator, int user) throws JsonProcessingException {
    return JSON.readTree(draw(generator, user));
  }

  @Test
  void anotherFieldIsDroppedForEachRequest() throws Exception {
    Set<Set<String>> left = new HashSet<>();
    for (int user = 0; user < 200; user++) {
      Set<String> names = new HashSet<>();
      json(mutated(1, 0, 0, 0, 0, false), user).fieldNames().forEachRemaining(names::add);
      assertThat(names).hasSize(3);
      left.add(names);
    }
    assertThat(left).hasSize(4);
  }

  @Test
  void whatIsNotHitIsAsWithoutTheMutation() throws Exception {
    for (int user = 0; user < 50; user++) {
      JsonNode valid = json(PATIENT, user);
      JsonNode dropped = json(mutated(1, 0, 0, 0, 0, false), user);
      dropped.properties().forEach(f -> assertThat(f.getValue()).isEqualTo(valid.get(f.getKey())));
    }
  }

  @Test
  void eachMutationHitsItsOwnNumberOfFields() throws Exception {
    for (int user = 0; user < 200; user++) {
      JsonNode drawn = json(mutated(1, 1, 1, 1, 2, false), user);
      assertThat(drawn.size()).isEqualTo(5);
      int nulls = 0;
      int wrong = 0;
      int range = 0;
      int extra = 0;
      for (var field : drawn.properties()) {
        JsonNode value = field.getValue();
        extra += field.getKey().startsWith("unexpected_") ? 1 : 0;
        nulls += value.isNull() ? 1 : 0;
        switch (field.getKey()) {
          case "age" -> {
            wrong += value.isNumber() || value.isNull() ? 0 : 1;
            range += value.isNumber() && (value.asInt() < 29 || value.asInt() > 77) ? 1 : 0;
          }
          case "oldpeak" -> {
            wrong += value.isNumber() || value.isNull() ? 0 : 1;
            range += value.isNumber() && (value.asDouble() < 0 || value.asDouble() > 6.2) ? 1 : 0;
          }
          case "name" -> wrong += value.isTextual() || value.isNull() ? 0 : 1;
          case "smoker" -> wrong += value.isBoolean() || value.isNull() ? 0 : 1;
          default -> {}
        }
      }
      assertThat(List.of(nulls, wrong, range, extra)).containsExactly(1, 1, 1, 2);
    }
  }

  @Test
  void onlyNamedFieldsAreHit() throws Exception {
    for (int user = 0; user < 50; user++) {
      JsonNode drawn = json(mutated(3, 0, 0, 0, 0, false, "age", "name"), user);
      assertThat(drawn.fieldNames()).toIterable().containsExactly("oldpeak", "smoker");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mutated(1, 0, 0, 0, 0, false, "weight"))
        .withMessageContaining("no field 'weight'")
        .withMessageContaining("age, oldpeak, name, smoker");
  }

  @Test
  void truncatedJsonDoesNotParse() {
    for (int user = 0; user < 200; user++) {
      String drawn = draw(mutated(0, 0, 0, 0, 0, true), user);
      assertThat(drawn).isNotEmpty();
      assertThat(draw(PATIENT, user)).startsWith(drawn).isNotEqualTo(drawn);
      assertThatThrownBy(() -> JSON.readTree(drawn)).isInstanceOf(JsonProcessingException.class);
    }
  }

  @Test
  void allFieldsMayBeDropped() {
    assertThat(draw(mutated(9, 0, 0, 0, 0, false), 0)).isEqualTo("{}");
  }

  @Test
  void onlyAnObjectHasFieldsToMutate() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Mutated(new Uuids(), new Mutated.Mutation(1, 0, 0, 0, 0, false, List.of())));
  }
}
