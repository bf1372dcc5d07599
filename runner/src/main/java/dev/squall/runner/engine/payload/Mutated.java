package dev.squall.runner.engine.payload;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An object made invalid. Which fields are hit is drawn afresh for each request, from the same key
 * as the values; no field is hit twice. If fewer fields can be hit than asked for, all of them are.
 */
public final class Mutated implements Generator {
  private static final long PLACE = Draw.place("\0mutation");
  private static final byte DROP = 1;
  private static final byte NULL = 2;
  private static final byte WRONG_TYPE = 3;
  private static final byte OUT_OF_RANGE = 4;

  private static final Literal[] WRONG = {
    Literal.string("wrong type"),
    Literal.json("-1"),
    Literal.json("true"),
    Literal.json("[\"wrong type\"]"),
    Literal.json("{\"wrong\":\"type\"}")
  };

  private final Generator valid;
  private final ObjectOf.Field[] fields;
  private final boolean[] mayHit;
  private final Literal[][] wrongTypes;
  private final Mutation mutation;

  /**
   * Mutates a generator's values.
   *
   * @param valid an {@link ObjectOf}, unless the mutation only truncates
   * @param mutation what to do to it
   * @throws IllegalArgumentException if fields of something else than an object are asked for, or
   *     {@code only} names a field that is not there
   */
  public Mutated(Generator valid, Mutation mutation) {
    this.valid = valid;
    this.mutation = mutation;
    if (valid instanceof ObjectOf object) {
      fields = object.fields().toArray(ObjectOf.Field[]::new);
    } else if (mutation.hitsFields()) {
      throw new IllegalArgumentException("only an object's fields can be mutated");
    } else {
      fields = new ObjectOf.Field[0];
    }
    List<String> names = Arrays.stream(fields).map(ObjectOf.Field::name).toList();
    for (String name : mutation.only()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "there is no field '"
                + name
                + "' to mutate; the fields are "
                + String.join(", ", names));
      }
    }
    mayHit = new boolean[fields.length];
    wrongTypes = new Literal[fields.length][];
    for (int i = 0; i < fields.length; i++) {
      mayHit[i] = mutation.only().isEmpty() || mutation.only().contains(names.get(i));
      Set<Kind> kinds = fields[i].value().kinds();
      Literal[] others =
          Arrays.stream(WRONG).filter(w -> !kinds.contains(w.kind())).toArray(Literal[]::new);
      wrongTypes[i] = others.length == 0 ? WRONG : others;
    }
  }

  /**
   * What to do to an object.
   *
   * @param dropFields how many fields are left out
   * @param nullFields how many fields are set to null
   * @param wrongType how many fields get a value of another JSON type
   * @param outOfRange how many fields with a range get a number far outside of it
   * @param extraFields how many unknown fields are added
   * @param truncate whether the JSON text is cut off in the middle
   * @param only names of the fields to choose from; all if empty
   */
  public record Mutation(
      int dropFields,
      int nullFields,
      int wrongType,
      int outOfRange,
      int extraFields,
      boolean truncate,
      List<String> only) {
    /** Copies the list and checks the numbers. */
    public Mutation {
      only = List.copyOf(only);
      if (Math.min(
              Math.min(Math.min(dropFields, nullFields), Math.min(wrongType, outOfRange)),
              extraFields)
          < 0) {
        throw new IllegalArgumentException("a mutation's number of fields is negative");
      }
    }

    boolean hitsFields() {
      return dropFields + nullFields + wrongType + outOfRange + extraFields > 0;
    }
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    int from = out.length();
    long here = Draw.inside(place, PLACE);
    if (mutation.hitsFields()) {
      object(draw, place, here, out);
    } else {
      valid.json(draw, place, out);
    }
    if (mutation.truncate()) {
      int length = out.length() - from;
      out.truncate(from + (length < 2 ? 0 : 1 + (int) draw.below(length - 1L, here, 0)));
    }
  }

  private void object(Draw draw, long place, long here, Bytes out) {
    byte[] fates = draw.scratch(fields.length);
    // The pickiest first, so that they find their fields unhit.
    hit(fates, OUT_OF_RANGE, mutation.outOfRange(), draw, here);
    hit(fates, WRONG_TYPE, mutation.wrongType(), draw, here);
    hit(fates, NULL, mutation.nullFields(), draw, here);
    hit(fates, DROP, mutation.dropFields(), draw, here);
    out.write('{');
    boolean first = true;
    for (int i = 0; i < fields.length; i++) {
      if (fates[i] != DROP) {
        if (!first) {
          out.write(',');
        }
        first = false;
        field(i, fates[i], draw, place, here, out);
      }
    }
    for (int i = 0; i < mutation.extraFields(); i++) {
      out.text(first ? "\"unexpected_" : ",\"unexpected_");
      first = false;
      out.hex(draw.bits(here, 1_000_000 + i), 16);
      out.text("\":");
      out.decimal(draw.below(1000, here, 2_000_000 + i));
    }
    out.write('}');
  }

  private void field(int i, byte fate, Draw draw, long place, long here, Bytes out) {
    ObjectOf.Field field = fields[i];
    field.head(out);
    switch (fate) {
      case NULL -> out.text("null");
      case WRONG_TYPE -> {
        Literal[] others = wrongTypes[i];
        others[(int) draw.below(others.length, here, 3_000_000 + i)].json(draw, place, out);
      }
      case OUT_OF_RANGE -> field.value().outOfRange(draw, field.placeIn(place), out);
      default -> field.value().json(draw, field.placeIn(place), out);
    }
  }

  /** Gives a fate to fields that have none, each equally likely. */
  private void hit(byte[] fates, byte fate, int times, Draw draw, long here) {
    for (int n = 0; n < times; n++) {
      int candidates = 0;
      for (int i = 0; i < fields.length; i++) {
        candidates += candidate(fates, fate, i) ? 1 : 0;
      }
      if (candidates == 0) {
        return;
      }
      long chosen = draw.below(candidates, here, fate * 10_000L + n);
      for (int i = 0; i < fields.length; i++) {
        if (candidate(fates, fate, i) && chosen-- == 0) {
          fates[i] = fate;
          break;
        }
      }
    }
  }

  private boolean candidate(byte[] fates, byte fate, int i) {
    return mayHit[i] && fates[i] == 0 && (fate != OUT_OF_RANGE || fields[i].value().hasRange());
  }

  @Override
  public Set<Kind> kinds() {
    return valid.kinds();
  }

  @Override
  public void datasets(Consumer<Dataset> found) {
    valid.datasets(found);
  }
}
