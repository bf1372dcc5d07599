package dev.squall.runner.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * A ring in memory by which the kernel is given buffers to read into (IORING_REGISTER_PBUF_RING,
 * struct io_uring_buf_ring). Giving one is two writes, without a call or an operation. Netty has
 * such rings for its own channels alone.
 */
final class BufferRing {
  // As in linux/io_uring.h: struct io_uring_buf, whose first one's last field is the ring's tail.
  private static final long ENTRY_BYTES = 16;
  private static final long LENGTH = 8;
  private static final long NUMBER = 12;
  private static final long TAIL = 14;

  /** The largest page there is: the kernel takes whole ones. */
  private static final long PAGE = 65_536;

  private static final long IO_URING_REGISTER = 427;
  private static final int REGISTER_PBUF_RING = 22;

  /**
   * The ring is the first that its thread has registered, as Netty does at an event loop's start.
   */
  private static final int USE_REGISTERED_RING = 1 << 31;

  private static final StructLayout ERRORS = Linker.Option.captureStateLayout();
  private static final VarHandle ERROR =
      ERRORS.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final VarHandle SHORT = JAVA_SHORT.varHandle();

  private final MemorySegment ring;
  private final int mask;
  private short tail;

  private BufferRing(MemorySegment ring, int entries) {
    this.ring = ring;
    this.mask = entries - 1;
  }

  /**
   * An empty one, in memory that lives as long as it is referred to. Only on the thread of an event
   * loop on io_uring, which has it to its end.
   *
   * @param group what operations name its buffers by
   * @param entries how many buffers there can be, a power of 2
   * @throws IllegalStateException if the kernel has no such ring
   */
  static BufferRing register(short group, int entries) {
    MemorySegment ring = Arena.ofAuto().allocate(entries * ENTRY_BYTES, PAGE);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment asked = arena.allocate(40, 8);
      asked.set(JAVA_LONG, 0, ring.address());
      asked.set(JAVA_INT, 8, entries);
      asked.set(JAVA_SHORT, 12, group);
      MemorySegment errors = arena.allocate(ERRORS);
      if (register(errors, asked) < 0) {
        throw new IllegalStateException(
            "the kernel takes no ring of buffers: error "
                + ERROR.get(errors, 0L)
                + "; set SQUALL_TRANSPORT=epoll");
      }
    }
    return new BufferRing(ring, entries);
  }

  // Restricted, since a wrong signature would crash the JVM: this is syscall(2)'s.
  @SuppressWarnings("restricted")
  private static long register(MemorySegment errors, MemorySegment asked) {
    Linker linker = Linker.nativeLinker();
    MethodHandle call =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
    int operation = REGISTER_PBUF_RING | USE_REGISTERED_RING;
    try {
      return (long) call.invokeExact(errors, IO_URING_REGISTER, 0, operation, asked, 1);
    } catch (Throwable e) {
      throw new IllegalStateException("the system cannot be called: " + e.getMessage(), e);
    }
  }

  /**
   * Gives the kernel a buffer.
   *
   * @param address where it is
   * @param bytes how long it is
   * @param number what the kernel names it by once it has read into it
   */
  void give(long address, int bytes, int number) {
    long at = (tail & mask) * ENTRY_BYTES;
    ring.set(JAVA_LONG, at, address);
    ring.set(JAVA_INT, at + LENGTH, bytes);
    ring.set(JAVA_SHORT, at + NUMBER, (short) number);
    tail++;
    // The kernel may look at once, and finds the entry whole.
    SHORT.setRelease(ring, TAIL, tail);
  }
}
