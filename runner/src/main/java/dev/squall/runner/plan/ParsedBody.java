package dev.squall.runner.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.squall.runner.engine.Response;

/**
 * An answer's body as JSON, parsed once however many checks and captures look into it. Each thread
 * keeps the last body it parsed.
 */
final class ParsedBody {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ThreadLocal<ParsedBody> LAST = ThreadLocal.withInitial(ParsedBody::new);

  private String text = "";
  private JsonNode json = MissingNode.getInstance();

  private ParsedBody() {}

  /** The body as JSON, {@link MissingNode} if it is none. */
  static JsonNode of(Response response) {
    ParsedBody last = LAST.get();
    String text = response.bodyText();
    // The text is made once for each answer, so the same object is the same answer.
    if (!isSame(last.text, text)) {
      last.text = text;
      last.json = parse(text);
    }
    return last.json;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(String one, String other) {
    return one == other && !one.isEmpty();
  }

  /** A text as JSON, {@link MissingNode} if it is none. */
  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
