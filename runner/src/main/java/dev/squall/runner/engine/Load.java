package dev.squall.runner.engine;

import dev.squall.runner.engine.arrival.ArrivalSchedule;
import java.util.List;
import java.util.OptionalLong;

/**
 * One of the loads of a test: what is sent when. The loads of a test run beside each other, each
 * from its own start.
 *
 * <p>What each drawn value is keyed by: a closed load's users are numbered on from those of the
 * closed loads before it; every other load is one further number after all users, its iterations
 * numbered by arrival.
 */
public sealed interface Load {
  /** What every load has. */
  Terms terms();

  /**
   * What every load has.
   *
   * @param name name of the load, distinct among the loads of a test
   * @param startNanos when it starts, in nanoseconds after the start instant, from 0
   * @param durationNanos how long requests are started, from its start; empty for no limit of its
   *     own
   * @param gracefulStopNanos how long requests in flight, arrivals that wait, and onStop tasks may
   *     take at its end
   * @param scenarios which of the workload's scenarios it runs, by their positions, chosen among by
   *     weight; empty for all
   * @param warmUp whether what it does is kept apart from the result
   * @param apart whether its requests are counted in series of its own, as part of the result
   */
  record Terms(
      String name,
      long startNanos,
      OptionalLong durationNanos,
      long gracefulStopNanos,
      List<Integer> scenarios,
      boolean warmUp,
      boolean apart) {
    /** Checks each part. */
    public Terms {
      scenarios = List.copyOf(scenarios);
      if (durationNanos.orElse(1) <= 0 || gracefulStopNanos < 0 || startNanos < 0) {
        throw new IllegalArgumentException(
            "load '%s' needs a duration above 0, start and gracefulStop from 0".formatted(name));
      }
    }

    /** From the start instant, all scenarios, in the result. */
    public static Terms of(String name, OptionalLong durationNanos, long gracefulStopNanos) {
      return new Terms(name, 0, durationNanos, gracefulStopNanos, List.of(), false, false);
    }
  }

  /**
   * The closed model: users, each of which waits for its answer before its next request.
   *
   * <p>A number of requests or iterations is split over the users beforehand: user u of n makes
   * ⌊total / n⌋, one more if u is below the rest of that division. So what is sent depends neither
   * on timing nor on the number of runners. onStart and onStop requests are counted among the
   * requests; they are no iterations.
   *
   * @param users how many there are, and when
   * @param requests how many requests are started in all; empty for no limit
   * @param iterations how many iterations are made in all; empty for no limit
   */
  record Closed(Terms terms, Population users, OptionalLong requests, OptionalLong iterations)
      implements Load {
    /** Checks each part. */
    public Closed {
      boolean counted = requests.isPresent() || iterations.isPresent();
      if (requests.orElse(1) < 1 || iterations.orElse(1) < 1) {
        throw new IllegalArgumentException(
            "load '" + terms.name() + "' needs 1 request or iteration or more");
      }
      if (terms.durationNanos().isEmpty() && !counted && !users.ends()) {
        throw new IllegalArgumentException(
            "load '" + terms.name() + "' needs a duration, requests or iterations");
      }
      if (counted && users instanceof Population.Staged) {
        throw new IllegalArgumentException(
            "load '"
                + terms.name()
                + "': requests and iterations need a count of users, no stages");
      }
    }

    /** How many requests user n (from 0) of this load may start. */
    long requestsOf(int n) {
      return part(requests, n);
    }

    /** How many iterations user n (from 0) of this load may start. */
    long iterationsOf(int n) {
      return part(iterations, n);
    }

    private long part(OptionalLong total, int n) {
      if (total.isEmpty()) {
        return Long.MAX_VALUE;
      }
      int count = users.most();
      return total.getAsLong() / count + (n < total.getAsLong() % count ? 1 : 0);
    }
  }

  /**
   * The open model: arrivals follow a schedule whatever the target does. An arrival is one
   * iteration of a scenario; scenario, task and values are drawn by its number.
   *
   * <p>The load ends with its schedule, or its duration if that is shorter, or at the first arrival
   * for which a dataset that gives each row once has none left.
   *
   * @param schedule when they are due, since the load's start
   * @param maxInFlight most arrivals in flight over all runners, at least one for each runner;
   *     shared out exactly over runners and event loops
   * @param overflow what becomes of an arrival when all that is in flight already
   * @param opened how many connections are opened before the load starts, at most maxInFlight,
   *     evenly over the time there is, at 1,000 a second and runner or more; the others when they
   *     are needed
   */
  record Open(Terms terms, ArrivalSchedule schedule, int maxInFlight, Overflow overflow, int opened)
      implements Load {
    /** Checks the bound. */
    public Open {
      if (maxInFlight < 1 || opened < 0 || opened > maxInFlight) {
        throw new IllegalArgumentException(
            "load '%s' needs a bound of 1 or more in flight, and opens 0 to as many before"
                .formatted(terms.name()));
      }
    }

    /** All connections are opened when they are needed. */
    public Open(Terms terms, ArrivalSchedule schedule, int maxInFlight, Overflow overflow) {
      this(terms, schedule, maxInFlight, overflow, 0);
    }
  }

  /** What becomes of an arrival for which no slot is free. */
  enum Overflow {
    /** It waits, its intended time kept, and goes as soon as a slot is free. */
    WAIT,
    /** It is dropped, and counted. */
    DROP
  }

  /**
   * MLPerf's SingleStream and MultiStream: one query at a time, of so many samples (iterations)
   * sent together, each query when the last sample of the one before is answered. All of it runs on
   * the first runner, since only one query is in flight. It ends when both the least duration and
   * the least number of queries are met, or with its duration.
   *
   * @param samplesPerQuery 1 for SingleStream
   * @param leastNanos least duration in nanoseconds
   * @param leastQueries least number of queries
   */
  record Queries(Terms terms, int samplesPerQuery, long leastNanos, long leastQueries)
      implements Load {
    /** Checks the numbers. */
    public Queries {
      if (samplesPerQuery < 1 || leastNanos < 0 || leastQueries < 1) {
        throw new IllegalArgumentException(
            "load '"
                + terms.name()
                + "' needs 1 sample or more in a query, a least duration from 0, 1 query or more");
      }
    }
  }
}
