package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/**
 * A chain of things in the order in which they came, from whose middle one can be taken too. Each
 * thing has a {@link Link} of its own, made once: nothing is allocated. One thread only.
 */
final class Chain<T> {
  private @Nullable Link<T> first;
  private @Nullable Link<T> last;
  private int size;

  /** A thing's place in a chain; in one chain at a time. */
  static final class Link<T> {
    private final T thing;
    private @Nullable Link<T> before;
    private @Nullable Link<T> after;
    private boolean in;

    Link(T thing) {
      this.thing = thing;
    }

    /** Whether it is in a chain. */
    boolean isIn() {
      return in;
    }
  }

  int size() {
    return size;
  }

  /** Adds a thing as the last. */
  void add(Link<T> link) {
    if (link.in) {
      throw new IllegalStateException("it is in a chain already");
    }
    link.in = true;
    link.before = last;
    if (last == null) {
      first = link;
    } else {
      last.after = link;
    }
    last = link;
    size++;
  }

  /** Takes a thing out, wherever it is; false if it is in no chain. */
  boolean remove(Link<T> link) {
    if (!link.in) {
      return false;
    }
    Link<T> before = link.before;
    Link<T> after = link.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    link.before = null;
    link.after = null;
    link.in = false;
    size--;
    return true;
  }

  /** Takes the one that came first; null if there is none. */
  @Nullable T takeFirst() {
    return take(first);
  }

  /** Takes the one that came last; null if there is none. */
  @Nullable T takeLast() {
    return take(last);
  }

  private @Nullable T take(@Nullable Link<T> link) {
    if (link == null) {
      return null;
    }
    remove(link);
    return link.thing;
  }
}
