package dev.squall.runner.scheduling;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The scheduling of a thread as Linux has it: sched_setattr(2) and sched_getattr(2), called by
 * their numbers, since C libraries have names for them only since glibc 2.41. Any thread may call
 * it.
 */
final class KernelScheduler {
  /** The calling thread, in place of a thread's number. */
  private static final int SELF = 0;

  /**
   * The first 48 bytes of {@code struct sched_attr}, which every kernel that has the calls knows.
   */
  private static final MemoryLayout ATTRIBUTES =
      MemoryLayout.structLayout(
          JAVA_INT.withName("size"),
          JAVA_INT.withName("policy"),
          JAVA_LONG.withName("flags"),
          JAVA_INT.withName("nice"),
          JAVA_INT.withName("priority"),
          JAVA_LONG.withName("runtime"),
          JAVA_LONG.withName("deadline"),
          JAVA_LONG.withName("period"));

  private static final long POLICY = offset("policy");
  private static final long NICE = offset("nice");
  private static final long RUNTIME = offset("runtime");
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  /**
   * The numbers of a processor's system calls.
   *
   * @param set of sched_setattr
   * @param get of sched_getattr
   */
  private record Calls(long set, long get) {}

  private static final Map<String, Calls> CALLS =
      Map.of("amd64", new Calls(314, 315), "aarch64", new Calls(274, 275));

  /** The kernel refused, or this JVM may not ask it. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private static final Map<Integer, String> WORDS =
        Map.of(1, "not permitted", 22, "invalid argument", 38, "not implemented");

    RefusedException(String call, int errno) {
      super(call + ": " + WORDS.getOrDefault(errno, "error " + errno));
    }

    RefusedException(RuntimeException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private final Calls calls;
  private final MethodHandle set;
  private final MethodHandle get;

  // Native access is granted in the jar's manifest and the image's flags.
  @SuppressWarnings("restricted")
  private KernelScheduler(Calls calls) {
    this.calls = calls;
    Linker linker = Linker.nativeLinker();
    MemorySegment syscall = linker.defaultLookup().findOrThrow("syscall");
    Linker.Option[] options = {
      Linker.Option.firstVariadicArg(1), Linker.Option.captureCallState("errno")
    };
    set =
        linker.downcallHandle(
            syscall,
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
            options);
    get =
        linker.downcallHandle(
            syscall,
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            options);
  }

  /**
   * This machine's; empty where it is not Linux, or of a processor that is not known here.
   *
   * @throws RefusedException if this JVM may not call what is native, or cannot
   */
  static Optional<KernelScheduler> ofMachine() throws RefusedException {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
    try {
      return Optional.ofNullable(linux ? CALLS.get(System.getProperty("os.arch", "")) : null)
          .map(KernelScheduler::new);
    } catch (IllegalCallerException | UnsupportedOperationException | NoSuchElementException e) {
      throw new RefusedException(e);
    }
  }

  /** How the calling thread is scheduled. */
  ThreadPolicy policy() throws RefusedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment attributes = arena.allocate(ATTRIBUTES);
      long result;
      try {
        result = (long) get.invokeExact(state, calls.get, SELF, attributes, (int) size(), 0);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
      check("sched_getattr", result, state);
      return new ThreadPolicy(
          attributes.get(JAVA_INT, POLICY),
          attributes.get(JAVA_INT, NICE),
          attributes.get(JAVA_LONG, RUNTIME));
    }
  }

  /**
   * Changes how the calling thread is scheduled. A kernel that does not know of slices takes the
   * rest.
   */
  void schedule(ThreadPolicy wanted) throws RefusedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment attributes = arena.allocate(ATTRIBUTES);
      attributes.set(JAVA_INT, 0, (int) size());
      attributes.set(JAVA_INT, POLICY, wanted.policy());
      attributes.set(JAVA_INT, NICE, wanted.nice());
      attributes.set(JAVA_LONG, RUNTIME, wanted.sliceNanos());
      long result;
      try {
        result = (long) set.invokeExact(state, calls.set, SELF, attributes, 0);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
      check("sched_setattr", result, state);
    }
  }

  private static void check(String call, long result, MemorySegment state) throws RefusedException {
    if (result < 0) {
      throw new RefusedException(call, state.get(JAVA_INT, ERRNO));
    }
  }

  private static long size() {
    return ATTRIBUTES.byteSize();
  }

  private static long offset(String field) {
    return ATTRIBUTES.byteOffset(MemoryLayout.PathElement.groupElement(field));
  }
}
