package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/**
 * Finds the ends of server-sent events in a body that comes in pieces, whatever the pieces: the
 * WHATWG HTML standard's {@code text/event-stream}, as far as it says where an event ends. Lines
 * end with CR LF, LF or CR; a blank line ends an event if a line before it was a {@code data}
 * field. Keeps no byte, so an event may have any size. Allocates nothing. Only one event loop calls
 * it.
 */
final class EventScan implements ByteProcessor {
  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** How much of the line has matched the field's name; -1 where the line is no such field. */
  private int matched;

  /** How much of a byte order mark has come; -1 where there is none any more. */
  private int mark;

  /** Whether the line has no byte so far. */
  private boolean blank;

  private boolean afterReturn;
  private boolean hasData;
  private int ended;

  /** Expects the first byte of another body. */
  void begin() {
    mark = 0;
    afterReturn = false;
    hasData = false;
    lineBegins();
  }

  private void lineBegins() {
    matched = 0;
    blank = true;
  }

  /**
   * Reads on.
   *
   * @return how many events end within these bytes
   */
  int read(ByteBuf in, int from, int count) {
    ended = 0;
    in.forEachByte(from, count, this);
    return ended;
  }

  @Override
  public boolean process(byte value) {
    if (mark >= 0) {
      if (value == MARK[mark]) {
        mark = mark + 1 == MARK.length ? -1 : mark + 1;
        return true;
      }
      if (mark > 0) {
        // No mark after all: what looked like one begins the line.
        blank = false;
        matched = -1;
      }
      mark = -1;
    }
    if (value == '\n' && afterReturn) {
      // The second half of a line's end that has been seen.
      afterReturn = false;
      return true;
    }
    afterReturn = value == '\r';
    if (value == '\n' || value == '\r') {
      lineEnds();
      return true;
    }
    blank = false;
    if (matched >= 0 && matched < DATA.length) {
      matched = value == DATA[matched] ? matched + 1 : -1;
    } else if (matched == DATA.length) {
      hasData |= value == ':';
      matched = -1;
    }
    return true;
  }

  private void lineEnds() {
    if (blank) {
      ended += hasData ? 1 : 0;
      hasData = false;
    } else {
      // A line that is a field's name alone is that field with an empty value.
      hasData |= matched == DATA.length;
    }
    lineBegins();
  }
}
