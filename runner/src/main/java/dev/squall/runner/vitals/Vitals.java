package dev.squall.runner.vitals;

import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.VarBytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a runner measured of itself over some time: a {@link Vital} each, where it is available, and
 * the lag of its event loops. Immutable, but for the lag, which is not to be written to.
 */
public final class Vitals {
  private static final long NOT_AVAILABLE = -1;
  private static final Vital[] ALL = Vital.values();

  private final Map<Vital, Long> figures;
  private final Lag lag;

  private Vitals(Map<Vital, Long> figures, Lag lag) {
    this.figures = figures;
    this.lag = lag;
  }

  /** Nothing measured. */
  public static Vitals none() {
    return of(Map.of(), new Lag());
  }

  /** These figures; those that are absent are not available, and so are negative ones. */
  public static Vitals of(Map<Vital, Long> figures, Lag lag) {
    Map<Vital, Long> available = new EnumMap<>(Vital.class);
    available.putAll(figures);
    available.values().removeIf(figure -> figure < 0);
    return new Vitals(available, lag);
  }

  /** A figure, if it is available. */
  public OptionalLong get(Vital vital) {
    Long figure = figures.get(vital);
    return figure == null ? OptionalLong.empty() : OptionalLong.of(figure);
  }

  /** How late the event loops came to their beats. */
  public Lag lag() {
    return lag;
  }

  /** One figure as a share of another: from 0; 0 if either is not available. */
  public double share(Vital part, Vital whole) {
    long of = get(whole).orElse(0);
    return of == 0 ? 0 : (double) get(part).orElse(0) / of;
  }

  /** Both as one. */
  public Vitals plus(Vitals later) {
    Map<Vital, Long> sum = new EnumMap<>(Vital.class);
    sum.putAll(figures);
    later.figures.forEach((vital, figure) -> sum.merge(vital, figure, vital::combine));
    Lag both = new Lag();
    both.add(lag);
    both.add(later.lag);
    return new Vitals(sum, both);
  }

  /** As bytes: each figure plus one (0 is not available), then the lag's classes and its worst. */
  public byte[] encode() {
    VarBytes out = new VarBytes();
    out.number(ALL.length);
    for (Vital vital : ALL) {
      out.number(figures.getOrDefault(vital, NOT_AVAILABLE) + 1);
    }
    for (int i = 0; i < Lag.CLASSES; i++) {
      out.number(lag.count(i));
    }
    out.number(lag.maxNanos());
    return out.toArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not the vitals of this version
   */
  public static Vitals decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (VarBytes.number(in) != ALL.length) {
        throw new IllegalArgumentException("vitals of another version");
      }
      Map<Vital, Long> figures = new EnumMap<>(Vital.class);
      for (Vital vital : ALL) {
        figures.put(vital, VarBytes.number(in) - 1);
      }
      long[] counts = new long[Lag.CLASSES];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = VarBytes.number(in);
      }
      Lag lag = Lag.of(counts, VarBytes.number(in));
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(in.remaining() + " bytes after the vitals' end");
      }
      return of(figures, lag);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("not whole vitals: " + bytes.length + " bytes", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vitals vitals
        && figures.equals(vitals.figures)
        && Arrays.equals(encode(), vitals.encode());
  }

  @Override
  public int hashCode() {
    return figures.hashCode();
  }

  @Override
  public String toString() {
    return "Vitals[%s, %d beats]".formatted(figures, lag.beats());
  }
}
