package dev.squall.api.crd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.squall.api.resource.LoadTest;
import dev.squall.api.resource.LoadTestRun;
import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Makes the CRDs' YAML from the records of {@code dev.squall.api.v1alpha1}. */
final class CrdYaml {
  private static final String HEADER =
      """
      # Generated from the records in dev.squall.api.v1alpha1; regenerate with
      #   mvn -pl crds test -Dtest=CrdYamlTest -Dsquall.regenerate
      """;

  private static final YAMLMapper YAML = new YAMLMapper();

  private CrdYaml() {}

  /** The CRDs by name, such as {@code loadtests.squall.dev}, in that order. */
  static Map<String, ObjectNode> definitions() {
    Generated generated = new Generated();
    new CRDGenerator()
        .customResourceClasses(LoadTest.class, LoadTestRun.class)
        .forCRDVersions("v1")
        .withOutput(generated)
        .generate();
    Map<String, ObjectNode> definitions = new TreeMap<>();
    generated.texts.forEach(
        (file, text) -> {
          ObjectNode crd = parse(text.toString(StandardCharsets.UTF_8));
          String kind = crd.path("spec").path("names").path("kind").asText();
          SchemaFinish.finish(crd, kind.equals("LoadTest") ? LoadTest.class : LoadTestRun.class);
          definitions.put(crd.path("metadata").path("name").asText(), crd);
        });
    return definitions;
  }

  /**
   * The CRD's YAML as it is checked in: a leaf on one line, so that indentation, which says nothing
   * there, does not make it a third longer.
   */
  static String text(ObjectNode crd) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
    options.setSplitLines(false);
    options.setWidth(Integer.MAX_VALUE);
    return HEADER + new Yaml(options).dump(YAML.convertValue(crd, LinkedHashMap.class));
  }

  private static ObjectNode parse(String yaml) {
    try {
      return (ObjectNode) YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Generated implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    private final Map<String, ByteArrayOutputStream> texts = new TreeMap<>();

    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return texts.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
    }

    @Override
    public void close() throws IOException {}
  }
}
