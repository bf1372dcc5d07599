package dev.squall.runner.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.api.check.ContentHash;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.Summary;
import java.io.IOException;

/**
 * {@code summary.json}: all of {@link Summary}, and what was run by what. Its schema is the
 * resource {@code summary.schema.json} beside this class.
 */
public final class SummaryJson {
  /** Moves when a reader of an earlier version could misread the file. */
  static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private SummaryJson() {}

  /** The file's text. */
  public static byte[] bytes(Plan plan, Summary summary, String version) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", FORMAT);
    json.put("namespace", plan.namespace());
    json.put("loadTest", plan.loadTest());
    json.put("runUid", plan.runUid());
    json.put("target", plan.targetUrl());
    json.put("seed", plan.test().seed());
    json.put("planSha256", ContentHash.of(plan.test()));
    json.putObject("versions").put("squall", version).put("java", Runtime.version().toString());
    json.setAll(MAPPER.<ObjectNode>valueToTree(summary));
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the summary cannot be written as JSON", e);
    }
  }

  /** The summary in such a file. */
  public static Summary parse(byte[] json) throws IOException {
    return MAPPER.readValue(json, Summary.class);
  }
}
