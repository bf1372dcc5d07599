package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Template}'s text, with each request's values. Immutable. */
final class TemplateWriter {
  private final Template.Part[] parts;

  private TemplateWriter(Template.Part[] parts) {
    this.parts = parts;
  }

  /** Parts with neighbouring literals made one. */
  static TemplateWriter of(List<Template.Part> parts) {
    List<Template.Part> joined = new ArrayList<>();
    Bytes bytes = new Bytes(256);
    for (Template.Part part : parts) {
      if (part instanceof Template.Literal(byte[] more)) {
        bytes.write(more);
      } else {
        if (bytes.length() > 0) {
          joined.add(new Template.Literal(bytes.toArray()));
          bytes.clear();
        }
        joined.add(part);
      }
    }
    if (bytes.length() > 0) {
      joined.add(new Template.Literal(bytes.toArray()));
    }
    return new TemplateWriter(joined.toArray(Template.Part[]::new));
  }

  /** Whether it is the same for every request. */
  boolean isConstant() {
    for (Template.Part part : parts) {
      if (!(part instanceof Template.Literal)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes it with a request's values.
   *
   * @param draw pointed at the request
   * @param captured the user's captured values by slot
   */
  void write(Draw draw, @Nullable String[] captured, Bytes out) {
    for (Template.Part part : parts) {
      switch (part) {
        case Template.Literal(byte[] bytes) -> out.write(bytes);
        case Template.Drawn drawn -> {
          int from = out.length();
          drawn.value().text(draw, drawn.place(), out);
          drawn.escaping().apply(out, from);
        }
        case Template.Captured value -> {
          int from = out.length();
          String text = captured[value.slot()];
          if (text != null) {
            out.text(text);
            value.escaping().apply(out, from);
          }
        }
      }
    }
  }
}
