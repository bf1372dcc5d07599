package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Decodes bodies. One for each event loop, which alone calls it, is used for all its answers. */
final class Inflation {
  static final String NOT_UNDERSTOOD =
      "Content-Encoding is neither gzip nor deflate, and a check needs the body";
  static final String BROKEN = "the compressed body is broken";

  private static final int GZIP_HEAD = 10;
  private static final int GZIP_TAIL = 8;
  private static final int MAGIC = 0x1F8B;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int CHECKSUM = 2;

  private final Bytes out = new Bytes(1024);
  private final CRC32 checksum = new CRC32();
  private @Nullable Inflater bare;
  private @Nullable Inflater framed;

  /** What was decoded last. */
  Bytes out() {
    return out;
  }

  /**
   * Decodes a body.
   *
   * @param most how many bytes it may become
   * @return null, or what is wrong with it
   */
  @Nullable String decode(Coding coding, Bytes body, int most) {
    out.clear();
    return switch (coding) {
      case IDENTITY -> {
        out.write(body.array(), 0, body.length());
        yield null;
      }
      case GZIP -> gzip(body, most);
      case DEFLATE -> deflate(body, most);
      case OTHER -> NOT_UNDERSTOOD;
    };
  }

  private @Nullable String deflate(Bytes body, int most) {
    if (body.length() == 0) {
      return null;
    }
    // The frame's first two bytes are a multiple of 31, and 8 is its only method.
    byte[] b = body.array();
    boolean isFramed =
        body.length() > 1 && (b[0] & 0xF) == 8 && ((b[0] & 0xFF) * 256 + (b[1] & 0xFF)) % 31 == 0;
    Inflater inflater = inflater(!isFramed);
    inflater.setInput(b, 0, body.length());
    return inflate(inflater, most);
  }

  /** All members, one after the other. */
  private @Nullable String gzip(Bytes body, int most) {
    int at = 0;
    while (at < body.length()) {
      int data = dataAt(body.array(), at, body.length());
      if (data < 0) {
        return BROKEN;
      }
      Inflater inflater = inflater(true);
      inflater.setInput(body.array(), data, body.length() - data);
      int start = out.length();
      String problem = inflate(inflater, most);
      if (problem != null) {
        return problem;
      }
      int tail = body.length() - inflater.getRemaining();
      at = tail + GZIP_TAIL;
      checksum.reset();
      checksum.update(out.array(), start, out.length() - start);
      if (at > body.length() || checksum.getValue() != littleEndian(body.array(), tail)) {
        return BROKEN;
      }
    }
    return null;
  }

  private static long littleEndian(byte[] b, int at) {
    return (b[at] & 0xFFL)
        | ((b[at + 1] & 0xFFL) << 8)
        | ((b[at + 2] & 0xFFL) << 16)
        | ((b[at + 3] & 0xFFL) << 24);
  }

  /** Where the data of a member begins, -1 if it is none. */
  private static int dataAt(byte[] b, int from, int end) {
    if (end - from < GZIP_HEAD || (((b[from] & 0xFF) << 8) | (b[from + 1] & 0xFF)) != MAGIC) {
      return -1;
    }
    int flags = b[from + 3];
    int at = from + GZIP_HEAD;
    if ((flags & EXTRA) != 0) {
      at = at + 2 > end ? end + 1 : at + 2 + (b[at] & 0xFF) + ((b[at + 1] & 0xFF) << 8);
    }
    if ((flags & NAME) != 0) {
      at = afterZero(b, at, end);
    }
    if ((flags & COMMENT) != 0) {
      at = afterZero(b, at, end);
    }
    if ((flags & CHECKSUM) != 0) {
      at += 2;
    }
    return at > end ? -1 : at;
  }

  private static int afterZero(byte[] b, int from, int end) {
    int at = from;
    while (at < end && b[at] != 0) {
      at++;
    }
    return at + 1;
  }

  private @Nullable String inflate(Inflater inflater, int most) {
    try {
      while (!inflater.finished()) {
        if (out.length() > most) {
          return tooLarge(most);
        }
        out.reserve(1024);
        int room = out.capacity() - out.length();
        int count = inflater.inflate(out.array(), out.length(), room);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          return BROKEN;
        }
        out.advance(count);
      }
      return out.length() > most ? tooLarge(most) : null;
    } catch (DataFormatException _) {
      return BROKEN;
    }
  }

  private static String tooLarge(int most) {
    return "body over " + most + " bytes when decoded, and a check needs it";
  }

  private Inflater inflater(boolean isBare) {
    Inflater inflater = isBare ? bare : framed;
    if (inflater == null) {
      inflater = new Inflater(isBare);
      if (isBare) {
        bare = inflater;
      } else {
        framed = inflater;
      }
    }
    inflater.reset();
    return inflater;
  }
}
