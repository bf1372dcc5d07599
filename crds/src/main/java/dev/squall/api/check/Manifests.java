package dev.squall.api.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.api.v1alpha1.LoadTestSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads LoadTests from YAML or JSON and says what the API server and the operator would say: same
 * field, same words. The checks are those of the shipped CRD, and {@link SpecCheck}.
 */
public final class Manifests {
  static final String API_VERSION = "squall.dev/v1alpha1";
  static final String KIND = "LoadTest";

  private static final JsonMapper JSON = new JsonMapper();

  private Manifests() {}

  /**
   * Checks each LoadTest in the text, in order; documents of other kinds are passed over.
   *
   * @param text one or more YAML documents, or JSON
   * @return one answer for each LoadTest; never empty: a text without one is refused
   */
  public static List<Checked> check(String text) {
    List<JsonNode> documents;
    try {
      documents = ManifestYaml.documents(text);
    } catch (MarkedYAMLException e) {
      return List.of(refused("", new Problem("", notYaml(e))));
    } catch (YAMLException e) {
      return List.of(refused("", new Problem("", "not YAML: " + e.getMessage())));
    }
    List<Checked> answers = new ArrayList<>();
    for (JsonNode document : documents) {
      if (document.path("kind").asText().equals(KIND)) {
        answers.add(checkOne((ObjectNode) document));
      }
    }
    if (answers.isEmpty()) {
      String found =
          documents.isEmpty() ? "nothing" : documents.getFirst().path("kind").asText("no kind");
      return List.of(
          refused(
              "",
              new Problem(
                  "kind",
                  "no LoadTest in the file (found "
                      + found
                      + "): it needs apiVersion: "
                      + API_VERSION
                      + " and kind: "
                      + KIND)));
    }
    return answers;
  }

  private static Checked checkOne(ObjectNode document) {
    JsonNode metadata = document.path("metadata");
    String name = metadata.path("name").asText("");
    if (!document.path("apiVersion").asText().equals(API_VERSION)) {
      return refused(name, new Problem("apiVersion", "must be " + API_VERSION));
    }
    List<Problem> problems = Admission.LOAD_TEST.check(document);
    if (!problems.isEmpty()) {
      return new Checked.Refused(name, problems);
    }
    LoadTestSpec spec = specOf(document.path("spec"));
    problems = SpecCheck.check(spec);
    if (!problems.isEmpty()) {
      return new Checked.Refused(name, problems);
    }
    Optional<String> namespace =
        metadata.hasNonNull("namespace")
            ? Optional.of(metadata.path("namespace").asText())
            : Optional.empty();
    return new Checked.Accepted(
        new LoadTestManifest(metadata.path("name").asText(), namespace, spec));
  }

  private static LoadTestSpec specOf(JsonNode spec) {
    try {
      return JSON.treeToValue(spec, LoadTestSpec.class);
    } catch (JsonProcessingException e) {
      // What the schema accepts, the records must take: else the two have drifted.
      throw new IllegalStateException("the schema accepts what the records refuse", e);
    }
  }

  private static String notYaml(MarkedYAMLException e) {
    String where =
        e.getProblemMark() == null ? "" : "line " + (e.getProblemMark().getLine() + 1) + ": ";
    return "not YAML: " + where + e.getProblem();
  }

  private static Checked refused(String name, Problem problem) {
    return new Checked.Refused(name, List.of(problem));
  }
}
