package dev.squall.runner.engine.payload;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A JSON object of named fields, in their order.
 *
 * @param fields the fields, their names distinct
 */
public record ObjectOf(List<Field> fields) implements Generator {
  /** Copies the list. */
  public ObjectOf {
    fields = List.copyOf(fields);
    if (fields.stream().map(Field::name).distinct().count() < fields.size()) {
      throw new IllegalArgumentException("two fields of an object have the same name");
    }
  }

  /** A field of an object. */
  public static final class Field {
    private final String name;
    private final Generator value;
    private final byte[] head;
    private final long place;

    /** A field by its name, and what it holds. */
    public Field(String name, Generator value) {
      this.name = name;
      this.value = value;
      this.place = Draw.place(name);
      Bytes out = new Bytes(name.length() + 3);
      out.write('"');
      out.text(name);
      Escaping.JSON.apply(out, 1);
      out.write('"');
      out.write(':');
      this.head = out.toArray();
    }

    /** Name of the field. */
    public String name() {
      return name;
    }

    /** What it holds. */
    public Generator value() {
      return value;
    }

    /** The name in quotes and a colon. */
    void head(Bytes out) {
      out.write(head);
    }

    /** Place of this field's value inside an object's place. */
    long placeIn(long outer) {
      return Draw.inside(outer, place);
    }
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    out.write('{');
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      Field field = fields.get(i);
      field.head(out);
      field.value().json(draw, field.placeIn(place), out);
    }
    out.write('}');
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.OBJECT);
  }

  @Override
  public void datasets(Consumer<Dataset> found) {
    fields.forEach(field -> field.value().datasets(found));
  }
}
