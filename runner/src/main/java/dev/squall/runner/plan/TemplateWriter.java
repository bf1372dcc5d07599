package dev.squall.runner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.squall.api.check.Template.Part;
import dev.squall.runner.engine.Template;
import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.engine.payload.Escaping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gathers an engine template, neighbouring literals as one. */
final class TemplateWriter {
  private final Payloads payloads;
  private final Map<String, Integer> slots;
  private final List<Template.Part> parts = new ArrayList<>();
  private final Bytes literal = new Bytes(64);

  /**
   * A writer.
   *
   * @param payloads what a name may mean
   * @param slots what else a name may mean: numbers of captured values
   */
  TemplateWriter(Payloads payloads, Map<String, Integer> slots) {
    this.payloads = payloads;
    this.slots = slots;
  }

  boolean isEmpty() {
    return parts.isEmpty() && literal.length() == 0;
  }

  /** A text as it stands. */
  void literal(String text) {
    literal.text(text);
  }

  /** A text without references, escaped. */
  void escaped(String text, Escaping escaping) {
    int from = literal.length();
    literal.text(text);
    escaping.apply(literal, from);
  }

  /**
   * A text with references.
   *
   * @param own how the text itself is escaped
   * @param values how values are
   */
  void text(String text, Escaping own, Escaping values) {
    for (Part part : dev.squall.api.check.Template.parse(text).parts()) {
      switch (part) {
        case Part.Text(String plain) -> escaped(plain, own);
        case Part.Reference(String name) -> reference(name, values);
      }
    }
  }

  /** A JSON value whose strings hold references. */
  void json(JsonNode value) {
    if (value.isTextual()) {
      literal("\"");
      text(value.textValue(), Escaping.JSON, Escaping.JSON);
      literal("\"");
    } else if (value.isObject()) {
      String separator = "{";
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        literal(separator + TextNode.valueOf(field.getKey()) + ":");
        json(field.getValue());
        separator = ",";
      }
      literal(value.isEmpty() ? "{}" : "}");
    } else if (value.isArray()) {
      String separator = "[";
      for (JsonNode element : value) {
        literal(separator);
        json(element);
        separator = ",";
      }
      literal(value.isEmpty() ? "[]" : "]");
    } else {
      literal(value.toString());
    }
  }

  /** What was written. */
  Template template() {
    flush();
    return new Template(parts);
  }

  private void reference(String name, Escaping escaping) {
    flush();
    Integer slot = slots.get(name);
    parts.add(
        slot != null
            ? new Template.Captured(slot, escaping)
            : new Template.Drawn(payloads.get(name), Draw.place(name), escaping));
  }

  private void flush() {
    if (literal.length() > 0) {
      parts.add(new Template.Literal(literal.toArray()));
      literal.clear();
    }
  }
}
