package dev.squall.operator.status;

import dev.squall.operator.status.Transitions.Transition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Writes an event for each transition. An event's name follows from what it says, so one that is
 * written twice stands once. An event that cannot be written is logged, and holds up nothing.
 */
final class EventLog {
  private static final Logger LOG = Logger.getLogger(EventLog.class);
  private static final String REPORTER = "squall-operator";
  private static final int MESSAGE = 1024;

  private final KubernetesClient client;

  EventLog(KubernetesClient client) {
    this.client = client;
  }

  /** Writes the events, in order, in the background. */
  void write(HasMetadata about, List<Transition> transitions, Instant now) {
    if (transitions.isEmpty()) {
      return;
    }
    List<Event> events = transitions.stream().map(t -> event(about, t, now)).toList();
    var _ = Thread.ofVirtual().name("events").start(() -> events.forEach(this::write));
  }

  private void write(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      // 404: the namespace is being deleted. 409: written before.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
          && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        LOG.warnf(
            "no event '%s' about %s: %s",
            event.getReason(), event.getInvolvedObject().getName(), e.getMessage());
      }
    }
  }

  static Event event(HasMetadata about, Transition transition, Instant now) {
    String key = about.getMetadata().getUid() + "/" + transition.key();
    String suffix =
        UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
            .toString()
            .substring(0, 18)
            .replace("-", "");
    String time = RunReport.time(now);
    return new EventBuilder()
        .withNewMetadata()
        .withName("%s.%s".formatted(about.getMetadata().getName(), suffix))
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withName(about.getMetadata().getName())
        .withNamespace(about.getMetadata().getNamespace())
        .withUid(about.getMetadata().getUid())
        .endInvolvedObject()
        .withType(transition.warning() ? "Warning" : "Normal")
        .withReason(Texts.cut(transition.reason(), 128))
        .withMessage(Texts.cut(transition.message(), MESSAGE))
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .withReportingComponent(REPORTER)
        .withReportingInstance(REPORTER)
        .withNewSource()
        .withComponent(REPORTER)
        .endSource()
        .build();
  }
}
