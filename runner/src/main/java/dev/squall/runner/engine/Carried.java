package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Dataset;
import dev.squall.runner.recording.FailureKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a user or a slot carries from one request to the next: captured values, how many rows of
 * each dataset it has used, and where it browses, its cookies. Only the event loop calls it.
 */
final class Carried {
  private static final long[] NO_ROWS = {};
  private static final @Nullable String[] NO_CAPTURES = {};

  /** What those carry who carry nothing. */
  private static final Carried NOTHING = new Carried(0, 0);

  private final @Nullable String[] captured;
  private final long[] rowsUsed;

  /** Cookies and redirects, once a request asks for them. */
  private @Nullable Browsing browsing;

  /**
   * Nothing yet.
   *
   * @param captures how many values can be captured
   * @param datasets number of datasets of the test
   */
  Carried(int captures, int datasets) {
    this.captured = captures == 0 ? NO_CAPTURES : new @Nullable String[captures];
    this.rowsUsed = datasets == 0 ? NO_ROWS : new long[datasets];
  }

  /** What one who follows a script carries, at first. */
  static Carried of(Script script, int datasets) {
    return script.carries ? new Carried(script.captureSlots, datasets) : NOTHING;
  }

  /** A request begins. */
  void begin(Script.Request request) {
    if (request.browses) {
      browsing = browsing == null ? new Browsing(request.origin) : browsing;
      browsing.begin(request.cookies);
    }
  }

  /** Cookies and redirects, null if the request asks for neither. */
  @Nullable Browsing browsing(Script.Request request) {
    return request.browses ? browsing : null;
  }

  /** Captured values by slot. */
  @Nullable String[] captured() {
    return captured;
  }

  /** Rows used of each dataset by its slot. */
  long[] rowsUsed() {
    return rowsUsed;
  }

  /** Whether each dataset that a request draws from has a row left for a user. */
  boolean hasRows(Script.Request next, long user, long users) {
    for (Dataset dataset : next.datasets) {
      if (!dataset.hasRow(user, users, rowsUsed[dataset.slot()])) {
        return false;
      }
    }
    return true;
  }

  /** A request has used its rows. */
  void used(Script.Request request) {
    for (Dataset dataset : request.datasets) {
      rowsUsed[dataset.slot()]++;
    }
  }

  /**
   * Forgets all for an iteration that knows nothing of earlier ones.
   *
   * @param rows how many rows of each dataset count as used
   */
  void forget(long[] rows) {
    Arrays.fill(captured, null);
    if (browsing != null) {
      browsing.forget();
    }
    System.arraycopy(rows, 0, rowsUsed, 0, rowsUsed.length);
  }

  /**
   * Checks an answer and captures what a request takes from it.
   *
   * @param unreadable why its body cannot be read, if that is so
   * @return what is wrong with the answer, if anything
   */
  @Nullable Refusal judge(
      Script.Request request, ParsedResponse response, @Nullable String unreadable) {
    try {
      for (Check check : request.checks) {
        if (unreadable != null && check.needs() == Needs.BODY) {
          return new Refusal(FailureKind.DECODE, unreadable);
        }
        Refusal refusal = check.check(response);
        if (refusal != null) {
          return refusal;
        }
      }
      return unreadable == null
          ? capture(request, response)
          : new Refusal(FailureKind.DECODE, unreadable);
    } catch (RuntimeException e) {
      // A check must not end the event loop with all its users.
      return new Refusal(
          FailureKind.EXPECTATION, "the check broke: " + e.getClass().getSimpleName());
    }
  }

  private @Nullable Refusal capture(Script.Request request, Response response) {
    for (int i = 0; i < request.captures.length; i++) {
      Capture capture = request.captures[i];
      String value = capture.extractor().extract(response);
      if (value == null) {
        return request.notCaptured[i];
      }
      captured[capture.slot()] = value;
    }
    return null;
  }
}
