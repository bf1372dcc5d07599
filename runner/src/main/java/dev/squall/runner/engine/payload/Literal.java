package dev.squall.runner.engine.payload;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Always the same value, encoded beforehand. */
public final class Literal implements Generator {
  private final byte[] json;
  private final byte[] text;
  private final Kind kind;

  private Literal(byte[] json, byte[] text) {
    this.json = json;
    this.text = text;
    this.kind =
        switch (json.length == 0 ? 0 : json[0]) {
          case '"' -> Kind.STRING;
          case '{' -> Kind.OBJECT;
          case '[' -> Kind.ARRAY;
          case 't', 'f' -> Kind.BOOLEAN;
          case 'n' -> Kind.NULL;
          case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
          default ->
              throw new IllegalArgumentException(
                  "not a JSON value: " + new String(json, StandardCharsets.UTF_8));
        };
  }

  /** A string, given unescaped. */
  public static Literal string(String value) {
    Bytes out = new Bytes(value.length() + 2);
    out.write('"');
    out.text(value);
    Escaping.JSON.apply(out, 1);
    out.write('"');
    return new Literal(out.toArray(), value.getBytes(StandardCharsets.UTF_8));
  }

  /** Any other JSON value than a string, given as compact JSON without surrounding space. */
  public static Literal json(String json) {
    if (json.startsWith("\"")) {
      throw new IllegalArgumentException("use string(…) for a string, unescaped: " + json);
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new Literal(bytes, bytes);
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    out.write(text);
  }

  @Override
  public void json(Draw draw, long place, Bytes out) {
    out.write(json);
  }

  Kind kind() {
    return kind;
  }

  /** The value of a number. */
  double number() {
    return Double.parseDouble(new String(json, StandardCharsets.US_ASCII));
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(kind);
  }

  @Override
  public boolean hasRange() {
    return kind == Kind.NUMBER;
  }

  @Override
  public void outOfRange(Draw draw, long place, Bytes out) {
    FarNumber.write(draw, place, number(), number(), out);
  }
}
