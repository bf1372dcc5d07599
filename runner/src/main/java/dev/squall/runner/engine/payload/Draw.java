package dev.squall.runner.engine.payload;

import java.nio.charset.StandardCharsets;

/**
 * The source of every drawn value: a counter-based hash of (seed, user, iteration, step, place,
 * index). It has no state that drawing changes, so a value depends neither on the order of draws
 * nor on timing nor on which runner draws it. One object for each event loop is pointed at a
 * request with {@link #at}; not thread-safe.
 *
 * <p>The key is absorbed word by word, each followed by the 64-bit finalizer of Stafford's variant
 * 13 (as in SplitMix64), so that neighbouring keys give independent values.
 */
public final class Draw {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Place of values that belong to a request as a whole; fields hang below it. */
  public static final long ROOT = place("");

  /** Place of the choice of a user's scenario. */
  public static final long SCENARIO = place("\0scenario");

  /** Place of the choice of an iteration's task. */
  public static final long TASK = place("\0task");

  /** Place of the think time after an iteration. */
  public static final long WAIT = place("\0wait");

  private final long seedKey;
  private final long users;
  private long key;
  private long user;
  private long iteration;
  private int step;
  private long[] rowsUsed = new long[0];
  private long epochMillis;
  private byte[] scratch = new byte[64];

  /**
   * Draws for a test.
   *
   * @param seed seed of the test
   * @param users number of users over all runners, an open load counting as one: the stride of what
   *     is distinct for each user
   */
  public Draw(long seed, long users) {
    this.seedKey = mix(seed + GOLDEN);
    this.users = Math.max(1, users);
    at(0, 0, 0);
  }

  /**
   * Points at one request.
   *
   * @param user global number of the user, from 0; of an open load one number for all its arrivals
   * @param iteration number of the task among those that this user runs, or of the arrival, from 0
   * @param step number of the step in the task, from 0
   */
  public Draw at(long user, long iteration, int step) {
    this.user = user;
    this.iteration = iteration;
    this.step = step;
    long k = mix(seedKey ^ ((user + 1) * GOLDEN));
    k = mix(k ^ ((iteration + 1) * GOLDEN));
    key = mix(k ^ ((step + 1L) * GOLDEN));
    return this;
  }

  /** Says how many rows of each dataset, by its slot, the user's earlier requests have used. */
  public Draw rowsUsed(long[] used) {
    this.rowsUsed = used;
    return this;
  }

  /** Says what time it is, for timestamps: the one input that is not the key. */
  public Draw now(long epochMillis) {
    this.epochMillis = epochMillis;
    return this;
  }

  /** Global number of the user. */
  public long user() {
    return user;
  }

  /** Number of the iteration. */
  public long iteration() {
    return iteration;
  }

  /** Number of the step. */
  public int step() {
    return step;
  }

  /** Number of users over all runners. */
  public long users() {
    return users;
  }

  /** The time given by {@link #now(long)}, milliseconds since 1970. */
  public long epochMillis() {
    return epochMillis;
  }

  long rowsUsed(int slot) {
    return slot < rowsUsed.length ? rowsUsed[slot] : 0;
  }

  /** Zeroed bytes for a generator's own use within one call. */
  byte[] scratch(int size) {
    if (scratch.length < size) {
      scratch = new byte[size];
    }
    java.util.Arrays.fill(scratch, 0, size, (byte) 0);
    return scratch;
  }

  /** 64 uniform bits. */
  public long bits(long place, long index) {
    return mix(mix(key ^ place) ^ ((index + 1) * GOLDEN));
  }

  /** A uniform number in [0, 1), in steps of 2^-53. */
  public double unit(long place, long index) {
    return (bits(place, index) >>> 11) * 0x1.0p-53;
  }

  /**
   * A uniform integer in [0, bound).
   *
   * @param bound at least 1; the bias is below bound / 2^64
   */
  public long below(long bound, long place, long index) {
    return Math.unsignedMultiplyHigh(bits(place, index), bound);
  }

  /** A standard normal number, by Box and Muller from two uniform ones. */
  public double normal(long place, long index) {
    double radius = Math.sqrt(-2 * Math.log(1 - unit(place, 2 * index)));
    return radius * Math.cos(2 * Math.PI * unit(place, 2 * index + 1));
  }

  /** An exponential number with mean 1. */
  public double exponential(long place, long index) {
    return -Math.log(1 - unit(place, index));
  }

  /** Hash of a name: a place of its own (64-bit FNV-1a of its UTF-8 bytes, finalized). */
  public static long place(String name) {
    long h = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return mix(h);
  }

  /** The place of something inside another place: a field of an object, an element of an array. */
  public static long inside(long outer, long inner) {
    return mix((outer + GOLDEN) ^ mix(inner));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
