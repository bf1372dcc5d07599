package dev.squall.runner.vitals;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The garbage collector's pauses, as the JVM tells of each; work that it does beside the program is
 * no pause. Thread-safe.
 */
final class GcPauses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GcPauses.class);

  private final NotificationListener listener = (notification, handback) -> heard(notification);
  private long pauses;
  private long nanos;
  private long longest;

  GcPauses() {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (bean instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(listener, null, null);
      }
    }
  }

  private void heard(Notification notification) {
    if (notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
        && notification.getUserData() instanceof CompositeData data) {
      GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
      if (pauses(info.getGcName(), info.getGcAction())) {
        paused(TimeUnit.MILLISECONDS.toNanos(info.getGcInfo().getDuration()));
      }
    }
  }

  /** Whether a collector of this name stops the program while it does this. */
  static boolean pauses(String collector, String action) {
    boolean beside = collector.contains("Concurrent") || collector.endsWith("Cycles");
    return !beside || action.endsWith("pause");
  }

  synchronized void paused(long forNanos) {
    pauses++;
    nanos += forNanos;
    longest = Math.max(longest, forNanos);
  }

  /** What happened since the last call. */
  synchronized Map<Vital, Long> take() {
    Map<Vital, Long> taken = new EnumMap<>(Vital.class);
    taken.put(Vital.COLLECTIONS, pauses);
    taken.put(Vital.COLLECTING, nanos);
    taken.put(Vital.LONGEST_COLLECTION, longest);
    pauses = 0;
    nanos = 0;
    longest = 0;
    return taken;
  }

  @Override
  public void close() {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (bean instanceof NotificationEmitter emitter) {
        try {
          emitter.removeNotificationListener(listener);
        } catch (ListenerNotFoundException e) {
          LOG.debug("{} was not listened to", bean.getName(), e);
        }
      }
    }
  }
}
