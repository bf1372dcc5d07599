package dev.squall.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.squall.api.v1alpha1.LoadTestSpec;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static ObjectNode base() {
    ObjectNode manifest = WrongManifests.base();
    Admission.LOAD_TEST.check(manifest);
    return (ObjectNode) manifest.path("spec");
  }

  private static String hash(JsonNode spec) {
    try {
      return ContentHash.of(JSON.treeToValue(spec, LoadTestSpec.class));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void isThatOfTheSameSpecHoweverOftenItWasWrittenAndRead() throws IOException {
    LoadTestSpec spec = JSON.treeToValue(base(), LoadTestSpec.class);

    LoadTestSpec again = JSON.readValue(JSON.writeValueAsString(spec), LoadTestSpec.class);

    assertThat(again).isEqualTo(spec);
    assertThat(ContentHash.of(again)).isEqualTo(ContentHash.of(spec)).matches("[0-9a-f]{64}");
  }

  @Test
  void isThatOfTheFirstVersionWhereNothingSaysOtherwise() {
    assertThat(hash(base()))
        .isEqualTo("0992af012de4f802f81fe4a18ea57ed7c94114be76f4fe72d642475d91cf7f4b");
  }

  @Test
  void isThatOfTheHistoryLimitsWhateverTheyAre() {
    ObjectNode other = base().put("successfulRunsHistoryLimit", 9).put("failedRunsHistoryLimit", 0);

    assertThat(hash(other)).isEqualTo(hash(base()));
  }

  @Test
  void isThatOfAPodTemplateWhateverTheOrderOfItsFields() {
    ObjectNode one = base();
    ObjectNode two = base();
    ObjectNode template = ((ObjectNode) one.path("runners")).putObject("template");
    template.put("a", 1).put("b", 2);
    ObjectNode turned = ((ObjectNode) two.path("runners")).putObject("template");
    turned.put("b", 2).put("a", 1);

    assertThat(hash(one)).isEqualTo(hash(two)).isNotEqualTo(hash(base()));
  }

  @Test
  void changesWithFieldsThatCameLater() {
    for (String load : new String[] {"start: 1s", "warmUp: true"}) {
      String[] field = load.split(": ", -1);
      ObjectNode other = base();
      ((ObjectNode) other.at("/loads/0"))
          .set(field[0], field[1].equals("true") ? BooleanNode.TRUE : new TextNode(field[1]));
      assertThat(hash(other)).as(load).isNotEqualTo(hash(base()));
    }
  }

  @Test
  void changesWithWhatIsRun() {
    for (String pointer :
        new String[] {"/seed", "/loads/0/users/count", "/payloads/0/fields/age/integer/max"}) {
      ObjectNode other = base();
      JsonPointer at = JsonPointer.compile(pointer);
      ((ObjectNode) other.at(at.head())).put(at.last().getMatchingProperty(), 78);
      assertThat(hash(other)).as(pointer).isNotEqualTo(hash(base()));
    }
  }
}
