package dev.squall.operator.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When figures may be written again: at most every 5 s for each resource; transitions are written
 * at once. Any thread may call.
 */
final class Throttle {
  static final Duration BETWEEN = Duration.ofSeconds(5);

  private final Map<String, Instant> written = new ConcurrentHashMap<>();

  /** How long to wait before figures may be written; zero or less means now. */
  Duration untilFree(String uid, Instant now) {
    Instant last = written.get(uid);
    return last == null ? Duration.ZERO : Duration.between(now, last.plus(BETWEEN));
  }

  void wrote(String uid, Instant now) {
    written.put(uid, now);
  }

  void forget(String uid) {
    written.remove(uid);
  }
}
