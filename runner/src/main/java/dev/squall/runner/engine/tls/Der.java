package dev.squall.runner.engine.tls;

import java.io.ByteArrayOutputStream;

/** Writes DER (X.690), as much of it as keys and certificates need. */
final class Der {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int UTF8_STRING = 0x0C;
  static final int UTC_TIME = 0x17;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  private static final int LONG_FORM = 0x80;

  private Der() {}

  /** An element of a tag, at most 65,535 bytes long, of what is given. */
  static byte[] tagged(int tag, byte[]... parts) {
    byte[] content = joined(parts);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    // The shortest form is the only one that is right: BoringSSL refuses others.
    if (content.length < LONG_FORM) {
      out.write(content.length);
    } else if (content.length < 1 << Byte.SIZE) {
      out.write(LONG_FORM + 1);
      out.write(content.length);
    } else {
      out.write(LONG_FORM + 2);
      out.write(content.length >> Byte.SIZE);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  /** One after another. */
  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
