package dev.squall.runner.recording;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers of variable length, and texts, written to and read from bytes. */
public final class VarBytes {
  private byte[] array = new byte[1024];
  private int length;

  void put(int b) {
    if (length == array.length) {
      array = Arrays.copyOf(array, length * 2);
    }
    array[length++] = (byte) b;
  }

  /** An unsigned number: seven bits a byte, lowest first. */
  public void number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      put((int) rest | 0x80);
      rest >>>= 7;
    }
    put((int) rest);
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    for (byte b : bytes) {
      put(b);
    }
  }

  /** What was written. */
  public byte[] toArray() {
    return Arrays.copyOf(array, length);
  }

  /** Reads a number. */
  public static long number(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  static String text(ByteBuffer in) {
    long size = number(in);
    if (size < 0 || size > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) size];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
