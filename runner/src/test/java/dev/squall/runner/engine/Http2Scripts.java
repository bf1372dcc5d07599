package dev.squall.runner.engine;

import static dev.squall.runner.engine.FramesServer.GOAWAY;
import static dev.squall.runner.engine.FramesServer.RST_STREAM;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP/2 target may say to a few requests on one connection, at random: all that the
 * protocol allows of frames, in any order that it allows, and what each of the requests comes to.
 */
final class Http2Scripts {
  private static final int MOST_STEPS = 24;
  private static final String REFUSED = "CONNECT: connection refused";
  private static final String[] STATUSES = {"200", "201", "204", "304", "404", "503"};

  private final Random random;
  private final int requests;
  private final RandomFrames frames;
  private final String[] outcomes;
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private final List<Live> live = new ArrayList<>();
  private int limit = 100;
  private int nextId = 1;
  private boolean served;
  private boolean leaving;
  private @Nullable String goneAway;

  /**
   * A script.
   *
   * @param said what the target says
   * @param outcomes what each request comes to
   * @param left whether the client closes the connection by itself
   */
  record Written(Said said, List<String> outcomes, boolean left) {
    /** Whether this is what came of it. */
    boolean is(MemoryTarget.Outcome outcome) {
      return outcome.requests().equals(outcomes) && outcome.left() == left;
    }
  }

  /** A request under way. */
  private static final class Live {
    final int request;
    final int id;
    final String status;
    final String tag;
    final byte[] body;
    boolean started;
    boolean headed;
    int sent;

    Live(int request, int id, Random random) {
      this.request = request;
      this.id = id;
      this.status = STATUSES[random.nextInt(STATUSES.length)];
      this.tag = Integer.toString(random.nextInt(1_000));
      boolean empty = status.endsWith("04") && !status.equals("404");
      this.body =
          empty
              ? new byte[0]
              : "abcdefghij"
                  .repeat(6)
                  .substring(random.nextInt(60))
                  .getBytes(StandardCharsets.US_ASCII);
    }

    String answer() {
      return status + " " + tag + " " + new String(body, StandardCharsets.US_ASCII);
    }
  }

  private Http2Scripts(Random random, int requests) {
    this.random = random;
    this.requests = requests;
    this.outcomes = new String[requests];
    this.frames = new RandomFrames(random);
  }

  /** The next script. */
  static Written next(Random random, int requests) {
    return new Http2Scripts(random, requests).write();
  }

  private Written write() {
    if (random.nextBoolean()) {
      limit = new int[] {1, 2, 100}[random.nextInt(3)];
      frames.settings(limit);
    } else {
      frames.settings(0);
    }
    for (int i = 0; i < requests; i++) {
      waiting.add(i);
    }
    begin();
    for (int step = random.nextInt(MOST_STEPS); step >= 0 && !live.isEmpty(); step--) {
      Live any = live.get(random.nextInt(live.size()));
      switch (random.nextInt(40)) {
        case 0 -> goAway();
        case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 -> frames.aside(any.id);
        default -> goOn(any);
      }
    }
    boolean silent = waiting.isEmpty() && random.nextInt(4) == 0;
    end(silent);
    Said said = Said.whole(frames.bytes(), silent ? Said.End.SILENCE : Said.End.CLOSE);
    return new Written(said, List.of(outcomes), leaving && (silent || live.isEmpty()));
  }

  /** Requests get their streams in turn. */
  private void begin() {
    while (!leaving && !waiting.isEmpty() && live.size() < limit) {
      stream(waiting.removeFirst());
    }
  }

  private void stream(int request) {
    live.add(new Live(request, nextId, random));
    nextId += 2;
  }

  /** Takes no stream above a number; those above have nowhere to go. */
  private void goAway() {
    if (leaving) {
      return;
    }
    leaving = true;
    int last =
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> live.get(random.nextInt(live.size())).id;
          default -> Integer.MAX_VALUE;
        };
    Http2Error error = random.nextBoolean() ? Http2Error.NO_ERROR : Http2Error.ENHANCE_YOUR_CALM;
    if (error != Http2Error.NO_ERROR) {
      goneAway = "RESET: connection given up by the target: " + error;
    }
    frames.frame(GOAWAY, 0, 0, RandomFrames.ints(last, (int) error.code()));
    waiting.forEach(request -> outcomes[request] = REFUSED);
    waiting.clear();
    live.stream().filter(each -> each.id > last).forEach(each -> outcomes[each.request] = REFUSED);
    live.removeIf(each -> each.id > last);
  }

  private void goOn(Live on) {
    if (random.nextInt(12) == 0) {
      reset(on);
    } else if (!on.headed) {
      if (random.nextInt(6) == 0) {
        on.started = true;
        frames.head(on.id, new DefaultHttp2Headers().status("103").add("link", "</a>"), false);
      } else {
        head(on);
      }
    } else if (on.sent < on.body.length || random.nextInt(4) == 0) {
      data(on);
    } else {
      frames.head(on.id, new DefaultHttp2Headers().add("x-trailer", "end"), true);
      complete(on);
    }
  }

  private void reset(Live on) {
    live.remove(on);
    if (!on.started && random.nextInt(3) == 0 && !leaving) {
      // It is sent again at once, with the next number.
      frames.frame(RST_STREAM, 0, on.id, RandomFrames.ints((int) Http2Error.REFUSED_STREAM.code()));
      stream(on.request);
      return;
    }
    Http2Error error = random.nextBoolean() ? Http2Error.CANCEL : Http2Error.INTERNAL_ERROR;
    frames.frame(RST_STREAM, 0, on.id, RandomFrames.ints((int) error.code()));
    outcomes[on.request] = "RESET: stream reset: " + error;
    begin();
  }

  private void head(Live on) {
    Http2Headers head = new DefaultHttp2Headers().status(on.status).add("x-tag", on.tag);
    if (random.nextBoolean()) {
      head.add("content-length", Integer.toString(on.body.length));
    }
    if (random.nextBoolean()) {
      head.add("server", "scripted").add("x-long", "v".repeat(random.nextInt(50)));
    }
    on.started = true;
    on.headed = true;
    boolean ends = on.body.length == 0 && random.nextBoolean();
    frames.head(on.id, head, ends);
    if (ends) {
      complete(on);
    }
  }

  private void data(Live on) {
    int count = random.nextInt(on.body.length - on.sent + 1);
    boolean ends = on.sent + count == on.body.length && random.nextBoolean();
    frames.data(on.id, on.body, on.sent, count, ends);
    on.sent += count;
    if (ends) {
      complete(on);
    }
  }

  private void complete(Live on) {
    live.remove(on);
    served = true;
    outcomes[on.request] = on.answer();
    begin();
  }

  private void end(boolean silent) {
    waiting.forEach(request -> outcomes[request] = REFUSED);
    for (Live each : live) {
      outcomes[each.request] = silent ? "TIMEOUT: no whole answer in time" : closed(each);
    }
  }

  private String closed(Live each) {
    if (goneAway != null) {
      return goneAway;
    }
    if (each.started) {
      return "RESET: connection closed in mid-answer";
    }
    // The close may have crossed a single request, which is sent again then.
    return served && live.size() == 1 ? REFUSED : "RESET: connection closed before an answer";
  }
}
