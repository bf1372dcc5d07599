package dev.squall.runner.engine;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The event loops of an engine, each asked on its own thread. Thread-safe. */
final class UserLoops implements AutoCloseable {
  private static final long SHUTDOWN_MILLIS = 5_000;

  private final List<UserLoop> loops;

  UserLoops(List<UserLoop> loops) {
    this.loops = List.copyOf(loops);
  }

  /**
   * An event loop for the next of them, its thread of Netty's own kind: its pools need no locks.
   */
  static TimedEventLoop eventLoop(Sockets sockets, int number) {
    return new TimedEventLoop(
        sockets,
        task -> {
          Thread thread = new FastThreadLocalThread(task, "squall-load-" + number);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Does something on each event loop, or here if they are gone, and waits for all. */
  void onEach(Consumer<UserLoop> action) {
    List<UserLoop> _ =
        fromEach(
            loop -> {
              action.accept(loop);
              return loop;
            });
  }

  /** Asks something on each event loop, or here if they are gone, and waits for all. */
  <T> List<T> fromEach(Function<UserLoop, T> question) {
    List<CompletableFuture<T>> answers = new ArrayList<>();
    for (UserLoop loop : loops) {
      answers.add(ask(loop, question));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static <T> CompletableFuture<T> ask(UserLoop loop, Function<UserLoop, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      loop.eventLoop()
          .execute(
              () -> {
                try {
                  answer.complete(question.apply(loop));
                } catch (RuntimeException e) {
                  answer.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException _) {
      loop.eventLoop().terminationFuture().awaitUninterruptibly();
      answer.complete(question.apply(loop));
    }
    return answer;
  }

  /** Ends them, and waits until they have. */
  @Override
  public void close() {
    for (UserLoop loop : loops) {
      var _ = loop.eventLoop().shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
    }
    for (UserLoop loop : loops) {
      loop.eventLoop().terminationFuture().awaitUninterruptibly(SHUTDOWN_MILLIS);
    }
  }
}
