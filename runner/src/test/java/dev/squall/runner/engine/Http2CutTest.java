package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.MemoryTarget.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What comes of a target's HTTP/2 does not depend on how its bytes come, be they right or wrong.
 * Each input is given to the engine's own event loop, connections and exchanges, which must end
 * each request once, by the end of the connection or the last timeout, and hold nothing after it.
 */
@Timeout(120)
class Http2CutTest {
  private static final int MOST_CUTS = 6;

  /** What a wrong byte may come to. An error of the engine's own would be one word, its class. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "\\d{3} .*"
              + "|DECODE: broken HTTP/2 frames: (PROTOCOL|FRAME_SIZE|COMPRESSION|FLOW_CONTROL)_ERROR"
              + "|DECODE: [^:]+ [^:]+"
              + "|RESET: (stream reset|connection given up by the target): (unknown code|[A-Z0-9_]+)"
              + "|RESET: connection closed (before an answer|in mid-answer)"
              + "|CONNECT: (connection refused|.* set spec.target.protocol to HTTP1)"
              + "|TIMEOUT: (no whole answer in time|no free connection in time"
              + "|the target allows no HTTP/2 stream .*)",
          Pattern.DOTALL);

  /** Something that is done with a target. */
  private interface Use {
    void of(MemoryTarget target) throws Exception;
  }

  /** Does it, and looks for buffers that nobody gave back. */
  private static void use(int requests, Use use) throws Exception {
    long held = FailuresIT.buffers();
    try (MemoryTarget target = new MemoryTarget(requests)) {
      use.of(target);
    }
    assertThat(FailuresIT.buffers()).as("buffers that nobody gave back").isEqualTo(held);
  }

  /** Up to a few places to cut, in order. */
  private static int[] cuts(Random random, int length) {
    return random.ints(random.nextInt(1, MOST_CUTS), 0, length + 1).sorted().toArray();
  }

  private static void assertSame(List<Said> said, List<Outcome> outcomes, Outcome expected) {
    for (int i = 0; i < said.size(); i++) {
      if (!outcomes.get(i).equals(expected)) {
        assertThat(outcomes.get(i)).as(said.get(i).toString()).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest(name = "{0} requests on a connection")
  @ValueSource(ints = {1, 4})
  void eachAnswerIsTheOneThatWasSaidWhereverItsBytesAreCut(int requests) throws Exception {
    use(
        requests,
        target -> {
          Random random = new Random(requests);
          for (int i = 0; i < 50; i++) {
            Http2Scripts.Written script = Http2Scripts.next(random, requests);
            List<Said> said =
                new ArrayList<>(
                    IntStream.rangeClosed(0, script.said().length())
                        .mapToObj(script.said()::cutAt)
                        .toList());
            // A byte at a time.
            said.add(script.said().cutAt(IntStream.range(1, script.said().length()).toArray()));
            List<Outcome> outcomes = target.says(said);
            assertThat(outcomes.getFirst()).as(script.toString()).matches(script::is);
            assertSame(said, outcomes, outcomes.getFirst());
          }
        });
  }

  @ParameterizedTest(name = "{0} requests on a connection")
  @ValueSource(ints = {1, 4})
  void manyAnswersAreTheOnesThatWereSaidInSeveralPieces(int requests) throws Exception {
    use(
        requests,
        target -> {
          Random random = new Random(10 + requests);
          for (int i = 0; i < 20; i++) {
            List<Http2Scripts.Written> scripts =
                IntStream.range(0, 200).mapToObj(n -> Http2Scripts.next(random, requests)).toList();
            List<Said> said =
                scripts.stream().map(s -> s.said().cutAt(cuts(random, s.said().length()))).toList();
            List<Outcome> outcomes = target.says(said);
            for (int n = 0; n < said.size(); n++) {
              assertThat(outcomes.get(n)).as(said.get(n).toString()).matches(scripts.get(n)::is);
            }
          }
        });
  }

  @ParameterizedTest(name = "{0} requests on a connection")
  @ValueSource(ints = {1, 4})
  void aByteThatIsWrongIsAnAnswerOrAFailureOfAKnownKindTheSameInPieces(int requests)
      throws Exception {
    use(
        requests,
        target -> {
          Random random = new Random(20 + requests);
          int asSaid = 0;
          int all = 0;
          for (int i = 0; i < 200; i++) {
            Http2Scripts.Written script = Http2Scripts.next(random, requests);
            for (int n = 0; n < 25; n++) {
              int length = script.said().length();
              Said broken = script.said().changed(random.nextInt(length), random.nextInt(256));
              List<Said> said =
                  List.of(
                      broken.cutAt(),
                      broken.cutAt(cuts(random, length)),
                      broken.cutAt(cuts(random, length)));
              List<Outcome> outcomes = target.says(said);
              assertSame(said, outcomes, outcomes.getFirst());
              assertKnown(said.getFirst(), outcomes.getFirst());
              all++;
              asSaid += script.is(outcomes.getFirst()) ? 1 : 0;
            }
          }
          // Much of what is said is of no matter to the answers.
          assertThat((double) asSaid / all).isBetween(0.3, 0.5);
        });
  }

  private static void assertKnown(Said said, Outcome outcome) {
    for (String request : outcome.requests()) {
      if (!KNOWN.matcher(request).matches()) {
        assertThat(request).as(said.toString()).matches(KNOWN);
      }
    }
  }
}
