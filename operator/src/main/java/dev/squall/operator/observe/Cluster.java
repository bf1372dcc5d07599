package dev.squall.operator.observe;

import dev.squall.api.resource.LoadTest;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of the API server itself. A cache may lag behind, so what it does not hold is only
 * taken for gone once the API server says so.
 */
final class Cluster {
  private final KubernetesClient client;

  Cluster(KubernetesClient client) {
    this.client = client;
  }

  Optional<LoadTest> loadTest(String namespace, String name) {
    return Optional.ofNullable(
        client.resources(LoadTest.class).inNamespace(namespace).withName(name).get());
  }

  Optional<Job> job(String namespace, String name) {
    return Optional.ofNullable(
        client.batch().v1().jobs().inNamespace(namespace).withName(name).get());
  }

  /** The newest warning about an object. */
  Optional<Event> warning(HasMetadata about) {
    List<Event> events =
        client
            .v1()
            .events()
            .inNamespace(about.getMetadata().getNamespace())
            .withField("involvedObject.uid", about.getMetadata().getUid())
            .withField("type", "Warning")
            .list()
            .getItems();
    return events.stream()
        .reduce((one, other) -> time(one).compareTo(time(other)) > 0 ? one : other);
  }

  /** Why the API server would not take an object; empty if it would. Nothing is created. */
  Optional<String> dryRun(HasMetadata object) {
    try {
      client
          .resource(object)
          .dryRun(true)
          .fieldValidation(FieldValidateable.Validation.STRICT)
          .create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return Optional.empty();
      }
      if (e.getCode() == 422 || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
        return Optional.of(words(e));
      }
      throw e;
    }
  }

  private static String words(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? String.valueOf(e.getMessage())
        : e.getStatus().getMessage();
  }

  private static String time(Event event) {
    return event.getLastTimestamp() != null
        ? event.getLastTimestamp()
        : event.getEventTime() != null
            ? event.getEventTime().getTime()
            : event.getMetadata().getCreationTimestamp();
  }
}
