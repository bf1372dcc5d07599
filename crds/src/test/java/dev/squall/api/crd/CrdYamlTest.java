package dev.squall.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checked-in CRDs are what the records say. */
class CrdYamlTest {
  private static final Path FOLDER = Path.of("src/main/resources/dev/squall/crds");

  @Test
  void theCheckedInCrdsAreWhatTheRecordsSay() throws IOException {
    for (Map.Entry<String, ObjectNode> crd : CrdYaml.definitions().entrySet()) {
      Path file = FOLDER.resolve(crd.getKey() + ".yaml");
      String text = CrdYaml.text(crd.getValue());
      if (System.getProperty("squall.regenerate") != null) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, text);
      }
      assertThat(file)
          .as("regenerate with mvn -pl crds test -Dtest=CrdYamlTest -Dsquall.regenerate")
          .hasContent(text);
    }
  }

  @Test
  void eachCrdIsSmallEnoughForPlainKubectlApply() {
    CrdYaml.definitions()
        .forEach(
            (name, crd) ->
                assertThat(CrdYaml.text(crd).getBytes(StandardCharsets.UTF_8).length)
                    .as(name)
                    .isLessThan(200 * 1024));
  }
}
