package dev.squall.runner.engine.arrival;

/** The numbers of one share: {@code first, first + stride, …}. */
record Stride(long first, long stride) {
  Stride {
    if (first < 0 || first >= stride) {
      throw new IllegalArgumentException(
          "share: first is " + first + " of a stride of " + stride + "; give 0 <= first < stride");
    }
  }

  /** The share's first number that is at least this. */
  long from(long index) {
    if (index <= first) {
      return first;
    }
    long missing = Math.floorMod(first - index, stride);
    return index > Long.MAX_VALUE - missing ? Long.MAX_VALUE : index + missing;
  }
}
