package dev.squall.runner.engine;

import java.util.Arrays;
import java.util.HexFormat;

/** What a target says on a connection, in which pieces it comes, and what the target does then. */
final class Said {
  /** What it does when it has said everything. */
  enum End {
    /** It closes the connection. */
    CLOSE,
    /** Nothing, until all requests have timed out. */
    SILENCE
  }

  final End end;
  private final byte[] bytes;
  private final int[] cuts;

  private Said(byte[] bytes, End end, int... cuts) {
    this.bytes = bytes;
    this.end = end;
    this.cuts = cuts;
  }

  /** In one piece. */
  static Said whole(byte[] bytes, End end) {
    return new Said(bytes, end);
  }

  /**
   * The same in pieces.
   *
   * @param places where a piece ends and the next begins, in order
   */
  Said cutAt(int... places) {
    return new Said(bytes, end, places);
  }

  /** The same with one byte changed. */
  Said changed(int at, int to) {
    byte[] other = bytes.clone();
    other[at] = (byte) to;
    return new Said(other, end, cuts);
  }

  int length() {
    return bytes.length;
  }

  /** Number of pieces; some may be empty. */
  int pieces() {
    return cuts.length + 1;
  }

  /** One of the pieces, from 0. */
  byte[] piece(int number) {
    int from = number == 0 ? 0 : cuts[number - 1];
    return Arrays.copyOfRange(bytes, from, number == cuts.length ? bytes.length : cuts[number]);
  }

  @Override
  public String toString() {
    return "%s cut at %s, then %s"
        .formatted(HexFormat.of().formatHex(bytes), Arrays.toString(cuts), end);
  }
}
