package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Escaping;
import dev.squall.runner.engine.payload.Generator;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text with values filled in for each request.
 *
 * @param parts what it is made of, in order
 */
public record Template(List<Part> parts) {
  /** Copies the list. */
  public Template {
    parts = List.copyOf(parts);
  }

  /** A text without values. */
  public static Template of(String text) {
    return new Template(List.of(new Literal(text.getBytes(StandardCharsets.UTF_8))));
  }

  /** A part of a template. */
  public sealed interface Part {}

  /**
   * Bytes as they are, already escaped.
   *
   * @param bytes not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Literal(byte[] bytes) implements Part {}

  /**
   * A generated value's text.
   *
   * @param value its generator
   * @param place where it is drawn: the payload's name, so that one name is one value in a request
   * @param escaping how it is made safe
   */
  public record Drawn(Generator value, long place, Escaping escaping) implements Part {}

  /**
   * A captured value; empty if nothing was captured.
   *
   * @param slot number of the variable
   * @param escaping how it is made safe
   */
  public record Captured(int slot, Escaping escaping) implements Part {}
}
