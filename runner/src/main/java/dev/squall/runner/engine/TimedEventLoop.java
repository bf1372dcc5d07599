package dev.squall.runner.engine;

import io.netty.channel.ChannelException;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that waits for sockets no longer than until the next of its own timers, and then
 * calls those that are due. Netty's own scheduled tasks allocate for each; these do not.
 */
final class TimedEventLoop extends SingleThreadIoEventLoop {
  /** How long tasks from other threads may keep the sockets waiting, as is Netty's default. */
  private static final long TASKS_NANOS = 1_000_000_000L;

  /** Most events that a handler handles between two looks at the timers, 1 to 2 µs each. */
  private static final int MOST_HANDLED = 64;

  private final Timers timers = new Timers();
  private @Nullable RingReads ringReads;

  /**
   * Whether io_uring is what waits: it makes a timer of the kernel's for each wait, 4 % of a
   * saturated event loop, even where events have come that it only has to take.
   */
  private final boolean waitsDearly;

  /** Whether it only looks what has come, and does not wait. */
  private boolean looking;

  /** Events handled since timers were last called. */
  private int handledSince;

  private final long tickerOffset = System.nanoTime() - ticker().nanoTime();
  private final IoHandlerContext untilNextTimer =
      new IoHandlerContext() {
        @Override
        public boolean canBlock() {
          return !looking
              && !hasTasks()
              && !hasScheduledTasks()
              && timers.nextNanos() > System.nanoTime();
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
          long delay = TimedEventLoop.this.delayNanos(currentTimeNanos);
          long next = timers.nextNanos();
          return next == Timers.NEVER
              ? delay
              : Math.min(delay, Math.max(0, next - System.nanoTime()));
        }

        @Override
        public long deadlineNanos() {
          long deadline = TimedEventLoop.this.deadlineNanos();
          long next = timers.nextNanos();
          if (next == Timers.NEVER) {
            return deadline;
          }
          long own = Math.max(0, next - tickerOffset);
          return deadline == -1 ? own : Math.min(deadline, own);
        }
      };

  TimedEventLoop(Sockets sockets, ThreadFactory threads) {
    super(null, threads, sockets.handlers());
    this.waitsDearly = sockets == Sockets.IO_URING;
  }

  /** The timers; only for this event loop's thread. */
  Timers timers() {
    return timers;
  }

  /**
   * Lets a handle hear of what it submits, as {@link #register} does without a promise and a count
   * for each. Only on this event loop's thread.
   */
  IoRegistration attach(IoHandle handle) {
    try {
      return ioHandler().register(handle);
    } catch (Exception e) {
      throw new ChannelException("the event loop takes no further socket", e);
    }
  }

  /**
   * Netty's own loop is one call that lasts as long as the thread. The JIT compiles it only after
   * 60,000 turns, a minute at full load, and the interpreter costs 3 to 5 % of the thread until
   * then. So a turn is a method, compiled after seconds, and the frame that never returns does next
   * to nothing.
   */
  @Override
  protected void run() {
    try (TimerSlack slack = TimerSlack.ofThisThread()) {
      ioHandler().initialize();
      do {
        turn(slack);
      } while (!confirmShutdown() && !canSuspend());
    }
  }

  private void turn(TimerSlack slack) {
    slack.turn();
    runIo();
    if (isShuttingDown()) {
      ioHandler().prepareToDestroy();
    }
    runAllTasks(TASKS_NANOS);
  }

  @Override
  protected int runIo() {
    int handled = ioHandler().run(untilNextTimer);
    looking = waitsDearly && handled > 0;
    fireDue();
    return handled;
  }

  /**
   * Takes note that a handler has handled an event: where they come as fast as they are handled, it
   * does not return for long, and timers that are due are called in between.
   */
  void handled() {
    if (++handledSince == MOST_HANDLED) {
      fireDue();
    }
  }

  private void fireDue() {
    handledSince = 0;
    if (timers.nextNanos() != Timers.NEVER) {
      timers.fireDue(System.nanoTime());
    }
  }

  /** What its sockets on io_uring read into; only on this event loop's thread. */
  RingReads ringReads() {
    RingReads reads = ringReads;
    if (reads == null) {
      reads = new RingReads(this);
      ringReads = reads;
    }
    return reads;
  }
}
