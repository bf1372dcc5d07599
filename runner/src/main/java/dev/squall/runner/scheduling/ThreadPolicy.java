package dev.squall.runner.scheduling;

/**
 * How the kernel schedules a thread, in the terms of sched(7).
 *
 * @param policy number of the policy: {@link #OTHER}, {@link #BATCH}, or one that is left alone
 * @param nice niceness, from -20 to 19
 * @param sliceNanos for how long it asks at a time, from 100 µs to 100 ms; 0 asks for the kernel's
 *     own, and is what a kernel before Linux 6.12 tells, which has no others
 */
record ThreadPolicy(int policy, int nice, long sliceNanos) {
  /** SCHED_OTHER, every thread's to begin with. */
  static final int OTHER = 0;

  /** SCHED_BATCH, as whoever started the process may have chosen. */
  static final int BATCH = 3;

  /** Whether it shares the processor by the common rules; others were chosen by somebody. */
  boolean common() {
    return policy == OTHER || policy == BATCH;
  }

  /** The same niceness with another policy and slice: less of it may need a privilege. */
  ThreadPolicy with(int otherPolicy, long otherSliceNanos) {
    return new ThreadPolicy(otherPolicy, nice, otherSliceNanos);
  }
}
