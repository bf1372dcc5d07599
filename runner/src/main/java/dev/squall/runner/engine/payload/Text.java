package dev.squall.runner.engine.payload;

import java.util.Set;

/** A generator of strings: its JSON is its text, escaped and in quotes. */
interface Text extends Generator {
  @Override
  default void json(Draw draw, long place, Bytes out) {
    out.write('"');
    int from = out.length();
    text(draw, place, out);
    Escaping.JSON.apply(out, from);
    out.write('"');
  }

  @Override
  default Set<Kind> kinds() {
    return Set.of(Kind.STRING);
  }
}
