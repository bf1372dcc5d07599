package dev.squall.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.operator.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateMergeTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "maps merge, key by key"
            + "| {spec: {a: 1, m: {x: 1, y: 2}}} | {spec: {b: 2, m: {y: 3}}}"
            + "| {spec: {a: 1, b: 2, m: {x: 1, y: 3}}}",
        "null takes a key away" + "| {spec: {a: 1, b: 2}} | {spec: {a: null}}" + "| {spec: {b: 2}}",
        "containers merge by name, as maps"
            + "| {containers: [{name: squall, image: i, args: [runner]}]}"
            + "| {containers: [{name: squall, image: j}]}"
            + "| {containers: [{name: squall, image: j, args: [runner]}]}",
        "a container of another name is added"
            + "| {containers: [{name: squall}]} | {containers: [{name: sidecar}]}"
            + "| {containers: [{name: squall}, {name: sidecar}]}",
        "init containers likewise"
            + "| {initContainers: [{name: a, image: i}]} | {initContainers: [{name: a, image: j}]}"
            + "| {initContainers: [{name: a, image: j}]}",
        "a variable of the same name is replaced whole: value and valueFrom exclude each other"
            + "| {containers: [{name: squall, env: [{name: A, valueFrom: {x: 1}}, {name: B, value: b}]}]}"
            + "| {containers: [{name: squall, env: [{name: A, value: a}, {name: C, value: c}]}]}"
            + "| {containers: [{name: squall, env: [{name: A, value: a}, {name: B, value: b}, {name: C, value: c}]}]}",
        "a volume of the same name is replaced whole: it has one source"
            + "| {volumes: [{name: work, emptyDir: {}}]} | {volumes: [{name: work, ephemeral: {x: 1}}]}"
            + "| {volumes: [{name: work, ephemeral: {x: 1}}]}",
        "mounts go by path"
            + "| {containers: [{name: squall, volumeMounts: [{name: work, mountPath: /w, readOnly: true}]}]}"
            + "| {containers: [{name: squall, volumeMounts: [{name: fast, mountPath: /w}, {name: ca, mountPath: /ca}]}]}"
            + "| {containers: [{name: squall, volumeMounts: [{name: fast, mountPath: /w}, {name: ca, mountPath: /ca}]}]}",
        "every other list replaces"
            + "| {containers: [{name: squall, args: [runner], ports: [{containerPort: 1}]}], tolerations: [{key: a}]}"
            + "| {containers: [{name: squall, ports: [{containerPort: 2}]}], tolerations: [{key: b}]}"
            + "| {containers: [{name: squall, args: [runner], ports: [{containerPort: 2}]}], tolerations: [{key: b}]}",
        "what is not there is taken as it is"
            + "| {spec: {}} | {metadata: {annotations: {a: b}}, spec: {nodeSelector: {disk: fast}}}"
            + "| {spec: {nodeSelector: {disk: fast}}, metadata: {annotations: {a: b}}}",
      })
  void theRuleHolds(String rule, String ours, String partial, String merged) {
    ObjectNode before = tree(ours);

    assertThat((JsonNode) TemplateMerge.merge(before, tree(partial))).isEqualTo(tree(merged));
    assertThat((JsonNode) before).as("ours is not changed").isEqualTo(tree(ours));
  }

  private static ObjectNode tree(String yaml) {
    return Samples.yaml(yaml, ObjectNode.class);
  }
}
