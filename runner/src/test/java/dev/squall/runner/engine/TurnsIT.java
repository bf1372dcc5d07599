package dev.squall.runner.engine;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.engine.payload.Escaping;
import dev.squall.runner.engine.payload.Generator;
import dev.squall.runner.engine.payload.Integers;
import dev.squall.runner.engine.payload.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which order an event loop reads and sends within one of its turns. */
@Timeout(60)
class TurnsIT {
  private static final int ROUNDS = 20;

  /** What the event loop did; only its thread adds to it. */
  private final List<String> done = new ArrayList<>();

  /** Nobody is answered before all have asked. */
  private final CyclicBarrier round = new CyclicBarrier(3);

  private final Semaphore blocked = new Semaphore(0);
  private final Semaphore answered = new Semaphore(0);

  /**
   * User 0's answer blocks the event loop until the others' have been written as well: those are
   * both there when it next looks. The system may keep one of them back, though, now and then.
   */
  @Test
  void allAnswersThatHaveComeAreReadBeforeTheNextRequestIsSent() throws Exception {
    try (ScriptedServer server = new ScriptedServer(this::answer)) {
      Workloads w = Workloads.to(server.port()).users(3).requests(3 * ROUNDS);
      w.task(
          1,
          w.step(
              "turn",
              "GET",
              new Template(
                  List.of(
                      new Template.Literal("/".getBytes(StandardCharsets.UTF_8)),
                      new Template.Drawn(new Sent(), Draw.ROOT, Escaping.URL))),
              new RequestTemplate.Empty(),
              List.of(Workloads.body(this::read, "not a user's number")),
              List.of()));
      EngineOptions options =
          TestedOptions.ofEnvironment().withEventLoops(1).withTraceHeaders(true);
      try (Engine engine = Engine.create(w.build(), new Share(0, 1), options)) {
        engine.start(System.nanoTime());
        engine.completion().get(40, SECONDS);
      }
      assertThat(server.requests()).isEqualTo(3 * ROUNDS);
    }
    assertThat(String.join(" ", done)).containsPattern("read:(1 read:2|2 read:1) sent sent");
  }

  private void answer(ScriptedServer.Received request, ScriptedServer.Connection client)
      throws IOException {
    try {
      round.await();
      if (!request.user().equals("0")) {
        blocked.acquire();
      }
      client.ok(request.user());
      if (!request.user().equals("0")) {
        answered.release();
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new InterruptedIOException(e.getMessage());
    }
  }

  private boolean read(String user) {
    done.add("read:" + user);
    if (user.equals("0")) {
      blocked.release(2);
      answered.acquireUninterruptibly(2);
    }
    return List.of("0", "1", "2").contains(user);
  }

  private final class Sent implements Generator {
    private final Generator path = new Integers(0, 9);

    @Override
    public void text(Draw draw, long place, Bytes out) {
      done.add("sent");
      path.text(draw, place, out);
    }

    @Override
    public Set<Kind> kinds() {
      return path.kinds();
    }
  }
}
