package dev.squall.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@code kubectl apply -f deploy/install.yaml} installs. */
class InstallManifestTest {
  private static final Path ROOT = Path.of("..");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** What the code does with each resource, and nothing more. */
  private static final Map<String, String> RIGHTS =
      new TreeMap<>(
          Map.ofEntries(
              // Informers, and an absence confirmed (observe).
              Map.entry("squall.dev/loadtests", "get list watch"),
              // Informers, context.resourceOperations().create, freeze, history (apply).
              Map.entry("squall.dev/loadtestruns", "create delete get list update watch"),
              // Server-side apply of the status (status).
              Map.entry("squall.dev/loadtests/status", "patch"),
              Map.entry("squall.dev/loadtestruns/status", "patch"),
              // Informer, an absence confirmed (observe); create, delete, dry run (apply, observe).
              Map.entry("batch/jobs", "create delete get list watch"),
              Map.entry("/pods", "list watch"),
              // Created, never read.
              Map.entry("/configmaps", "create"),
              Map.entry("/secrets", "create"),
              // Created; whose it is is asked when one is there already (apply).
              Map.entry("/services", "create get"),
              Map.entry("networking.k8s.io/networkpolicies", "create get"),
              // Written (status); read to say why a pod does not start (observe).
              Map.entry("/events", "create list")));

  @Test
  void theOperatorMayDoWhatItsCodeDoesAndNothingElse() throws IOException {
    Map<String, String> rights = new TreeMap<>();
    for (JsonNode rule : only("ClusterRole").get("rules")) {
      for (JsonNode group : rule.get("apiGroups")) {
        for (JsonNode resource : rule.get("resources")) {
          TreeSet<String> verbs = new TreeSet<>();
          rule.get("verbs").forEach(verb -> verbs.add(verb.asText()));
          rights.put(group.asText() + "/" + resource.asText(), String.join(" ", verbs));
        }
      }
    }

    assertThat(rights).isEqualTo(RIGHTS);
  }

  @Test
  void nothingMayBeDoneWithSecretsInTheOperatorsOwnNamespaceEither() throws IOException {
    assertThat(only("Role").get("rules").toString())
        .contains("leases")
        .doesNotContain("secrets", "*");
  }

  @Test
  void theOperatorsPodIsRestricted() throws IOException {
    JsonNode pod = only("Deployment").at("/spec/template/spec");

    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(pod.at("/containers/0/securityContext/allowPrivilegeEscalation").asText())
        .isEqualTo("false");
    assertThat(pod.at("/containers/0/securityContext/capabilities/drop/0").asText())
        .isEqualTo("ALL");
    assertThat(
            only("Namespace").at("/metadata/labels/pod-security.kubernetes.io~1enforce").asText())
        .isEqualTo("restricted");
  }

  @Test
  void theCrdsAreThoseOfTheApi() throws IOException {
    Path crds = ROOT.resolve("crds/src/main/resources/dev/squall/crds");
    List<JsonNode> installed = all("CustomResourceDefinition");

    assertThat(installed).hasSize(2);
    for (JsonNode crd : installed) {
      Path source = crds.resolve(crd.at("/metadata/name").asText() + ".yaml");
      assertThat(crd)
          .as("deploy/kustomize/install.sh makes it anew")
          .isEqualTo(YAML.readTree(source.toFile()));
    }
  }

  private static JsonNode only(String kind) throws IOException {
    List<JsonNode> all = all(kind);
    assertThat(all).as(kind).hasSize(1);
    return all.getFirst();
  }

  private static List<JsonNode> all(String kind) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    try (var in = Files.newInputStream(ROOT.resolve("deploy/install.yaml"));
        MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(in)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document.path("kind").asText().equals(kind)) {
          all.add(document);
        }
      }
    }
    return all;
  }
}
