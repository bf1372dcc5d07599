package dev.squall.runner.engine.payload;

/** A random UUID, version 4 of RFC 9562, lower case. */
public record Uuids() implements Text {
  @Override
  public void text(Draw draw, long place, Bytes out) {
    long high = (draw.bits(place, 0) & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
    long low = (draw.bits(place, 1) & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    out.hex(high >>> 32, 8);
    out.write('-');
    out.hex(high >>> 16, 4);
    out.write('-');
    out.hex(high, 4);
    out.write('-');
    out.hex(low >>> 48, 4);
    out.write('-');
    out.hex(low, 12);
  }
}
