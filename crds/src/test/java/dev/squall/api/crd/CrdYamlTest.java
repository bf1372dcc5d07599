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

  private static final Map<String, ObjectNode> CRDS = CrdYaml.definitions();

  @Test
  void theCheckedInCrdsAreWhatTheRecordsSay() throws IOException {
    for (Map.Entry<String, ObjectNode> crd : CRDS.entrySet()) {
      same(FOLDER.resolve(crd.getKey() + ".yaml"), CrdYaml.text(crd.getValue()));
    }
  }

  @Test
  void theReferencePageIsWhatTheCrdsSay() throws IOException {
    same(Path.of("../docs/reference.md"), ReferencePage.text(CRDS));
  }

  @Test
  void eachCrdIsSmallEnoughForPlainKubectlApply() {
    CRDS.forEach(
        (name, crd) ->
            assertThat(CrdYaml.text(crd).getBytes(StandardCharsets.UTF_8).length)
                .as(name)
                .isLessThan(200 * 1024));
  }

  private static void same(Path file, String text) throws IOException {
    if (System.getProperty("squall.regenerate") != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    }
    assertThat(file)
        .as("regenerate with mvn -pl crds test -Dtest=CrdYamlTest -Dsquall.regenerate")
        .hasContent(text);
  }
}
