package dev.squall.operator.apply;

import dev.squall.operator.accept.Refusal;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** Creates objects, each once: one that is there already was created by an earlier try. */
final class Creation {
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  Creation(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Creates the objects in order, and stops at the first that the API server does not take.
   *
   * @return why, in its own words; empty if all are there
   * @throws KubernetesClientException if the API server could not answer, so that trying again
   *     helps
   */
  Optional<Refusal> createAll(List<HasMetadata> objects) {
    for (HasMetadata object : objects) {
      Optional<Refusal> refusal = create(object);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> create(HasMetadata object) {
    try {
      client.resource(object).create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> conflict(object, e);
        case UNPROCESSABLE,
            HttpURLConnection.HTTP_BAD_REQUEST,
            HttpURLConnection.HTTP_ENTITY_TOO_LARGE ->
            Optional.of(Refusal.certain("ObjectInvalid", words(object, e)));
        case HttpURLConnection.HTTP_FORBIDDEN ->
            Optional.of(
                Refusal.passing(
                    words(object, e).contains("exceeded quota") ? "QuotaExceeded" : "Forbidden",
                    words(object, e)));
        default -> throw e;
      };
    }
  }

  /**
   * An object of this name is there. Plan and token have the run's UID in their names, so they are
   * ours, and may not be read; the others are ours if the run owns them, and else are left from a
   * deleted run of the same name, which the garbage collector is taking away.
   */
  private Optional<Refusal> conflict(HasMetadata object, KubernetesClientException conflict) {
    if (object instanceof ConfigMap || object instanceof Secret) {
      return Optional.empty();
    }
    HasMetadata there = client.resource(object).get();
    if (there == null) {
      throw conflict;
    }
    String owner = object.getMetadata().getOwnerReferences().getFirst().getUid();
    return there.getMetadata().getOwnerReferences().stream().anyMatch(o -> o.getUid().equals(owner))
        ? Optional.empty()
        : Optional.of(
            Refusal.passing(
                "NameTaken",
                "%s %s is there and is not this run's; it is waited for that it goes, or delete it"
                    .formatted(object.getKind(), object.getMetadata().getName())));
  }

  private static String words(HasMetadata object, KubernetesClientException e) {
    String message =
        e.getStatus() == null || e.getStatus().getMessage() == null
            ? e.getMessage()
            : e.getStatus().getMessage();
    return "%s %s: %s".formatted(object.getKind(), object.getMetadata().getName(), message);
  }
}
