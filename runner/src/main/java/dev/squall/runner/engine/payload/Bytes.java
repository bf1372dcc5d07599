package dev.squall.runner.engine.payload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes that generators write to. Not thread-safe; one for each event loop is
 * reused for every request, so writing allocates nothing once it has grown.
 */
public final class Bytes {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] array;
  private int length;

  /** Empty, with room for a number of bytes. */
  public Bytes(int capacity) {
    array = new byte[capacity];
  }

  /** The bytes themselves, valid from 0 to {@link #length}, until the next write. */
  public byte[] array() {
    return array;
  }

  /** Number of bytes written. */
  public int length() {
    return length;
  }

  /** Number of bytes that fit without growing. */
  public int capacity() {
    return array.length;
  }

  /** Forgets everything written. */
  public void clear() {
    length = 0;
  }

  /** Cuts off what was written after the first {@code newLength} bytes. */
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IndexOutOfBoundsException(newLength);
    }
    length = newLength;
  }

  /** Makes room for {@code more} bytes after the end. */
  public void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, Math.max(64, array.length * 2)));
    }
  }

  /** Counts bytes as written that the caller has put into {@link #array} after the end. */
  public void advance(int written) {
    length += written;
  }

  /** Writes one byte. */
  public void write(int b) {
    if (length == array.length) {
      reserve(1);
    }
    array[length++] = (byte) b;
  }

  /** Writes all of an array. */
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /** Writes a part of an array. */
  public void write(byte[] bytes, int offset, int count) {
    reserve(count);
    System.arraycopy(bytes, offset, array, length, count);
    length += count;
  }

  /** Writes a text as UTF-8. */
  public void text(String text) {
    int n = text.length();
    reserve(n);
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        write(text.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      write(c);
    }
  }

  /** Writes one code point as UTF-8. */
  public void codePoint(int c) {
    if (c < 0x80) {
      write(c);
    } else if (c < 0x800) {
      write(0xC0 | (c >> 6));
      write(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      write(0xE0 | (c >> 12));
      write(0x80 | ((c >> 6) & 0x3F));
      write(0x80 | (c & 0x3F));
    } else {
      write(0xF0 | (c >> 18));
      write(0x80 | ((c >> 12) & 0x3F));
      write(0x80 | ((c >> 6) & 0x3F));
      write(0x80 | (c & 0x3F));
    }
  }

  /** Writes an integer in decimal. */
  public void decimal(long value) {
    if (value < 0) {
      write('-');
    }
    digits(value, 1);
  }

  /** Writes {@code unscaled} / 10^{@code decimals} with exactly that many decimals. */
  public void decimal(long unscaled, int decimals) {
    if (decimals == 0) {
      decimal(unscaled);
      return;
    }
    if (unscaled < 0) {
      write('-');
    }
    digits(unscaled, decimals + 1);
    reserve(1);
    int point = length - decimals;
    System.arraycopy(array, point, array, point + 1, decimals);
    array[point] = '.';
    length++;
  }

  /** Writes a non-negative integer with at least a number of digits, zeros in front. */
  public void padded(long value, int minDigits) {
    digits(value, minDigits);
  }

  /** Writes the lowest {@code digits} hexadecimal digits of a value, lower case. */
  public void hex(long value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      write(DIGITS[(int) (value >>> shift) & 0xF]);
    }
  }

  private void digits(long value, int minDigits) {
    // Negative numbers have one more value than positive ones, so count down from there.
    long rest = value > 0 ? -value : value;
    int count = minDigits;
    long bound = -9;
    int needed = 1;
    for (long v = rest; v < bound; v /= 10) {
      needed++;
    }
    count = Math.max(count, needed);
    reserve(count);
    for (int i = length + count - 1; i >= length; i--) {
      array[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    length += count;
  }

  /** A copy of what was written. */
  public byte[] toArray() {
    return Arrays.copyOf(array, length);
  }

  /** What was written, read as UTF-8. */
  @Override
  public String toString() {
    return new String(array, 0, length, StandardCharsets.UTF_8);
  }
}
