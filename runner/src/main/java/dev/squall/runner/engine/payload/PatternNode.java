package dev.squall.runner.engine.payload;

import java.util.List;

/** A part of a string pattern. */
sealed interface PatternNode {
  /**
   * Writes a string that matches.
   *
   * @param index number of the next draw at this place
   * @return number of the next draw after this part
   */
  long write(Draw draw, long place, long index, Bytes out);

  /** Characters of the longest string. */
  long longest();

  /** One of some characters, each as likely as another. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  record OneOf(int[] characters) implements PatternNode {
    @Override
    public long write(Draw draw, long place, long index, Bytes out) {
      if (characters.length == 1) {
        out.codePoint(characters[0]);
        return index;
      }
      out.codePoint(characters[(int) draw.below(characters.length, place, index)]);
      return index + 1;
    }

    @Override
    public long longest() {
      return 1;
    }
  }

  /** Parts one after the other. */
  record InTurn(List<PatternNode> parts) implements PatternNode {
    @Override
    public long write(Draw draw, long place, long index, Bytes out) {
      long next = index;
      for (int i = 0; i < parts.size(); i++) {
        next = parts.get(i).write(draw, place, next, out);
      }
      return next;
    }

    @Override
    public long longest() {
      return parts.stream().mapToLong(PatternNode::longest).sum();
    }
  }

  /** One of several parts. */
  record Either(List<PatternNode> parts) implements PatternNode {
    @Override
    public long write(Draw draw, long place, long index, Bytes out) {
      int chosen = (int) draw.below(parts.size(), place, index);
      return parts.get(chosen).write(draw, place, index + 1, out);
    }

    @Override
    public long longest() {
      return parts.stream().mapToLong(PatternNode::longest).max().orElse(0);
    }
  }

  /** A part some times over. */
  record Times(PatternNode part, int min, int max) implements PatternNode {
    @Override
    public long write(Draw draw, long place, long index, Bytes out) {
      long next = index;
      long count = min;
      if (max > min) {
        count += draw.below(max - min + 1L, place, next++);
      }
      for (long i = 0; i < count; i++) {
        next = part.write(draw, place, next, out);
      }
      return next;
    }

    @Override
    public long longest() {
      return Math.min(Integer.MAX_VALUE, part.longest() * max);
    }
  }
}
