package dev.squall.operator;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The operator's key, from which each run's token is derived, so that a token is never read back.
 *
 * <p>The operator may create Secrets and nothing else. At its very first start it makes a key,
 * creates the Secret and keeps the key in memory; at every later start the kubelet has mounted the
 * Secret, which is optional in the pod, at {@code squall.key-file}. In between, a restart within
 * the minute the kubelet may take, the Secret exists and is not mounted yet: then no token is given
 * out until it is.
 */
@ApplicationScoped
public class OperatorKey {
  private static final Logger LOG = Logger.getLogger(OperatorKey.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
  private static final String ENTRY = "key";
  private static final int BYTES = 32;

  private final KubernetesClient client;
  private final Settings settings;
  private byte @Nullable [] key;
  private Instant lastTry = Instant.MIN;

  OperatorKey(KubernetesClient client, Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * The token of a run: HMAC-SHA256 of its UID, as unpadded base64url. Empty while the key is not
   * known yet; ask again.
   */
  public Optional<String> token(String runUid) {
    return key().map(k -> hmac(k, runUid));
  }

  /**
   * At the start, in the background: the sooner the Secret is there, the sooner the kubelet mounts
   * it for the next start. What goes wrong is met again, and reported, where a token is needed.
   */
  void onStart(@Observes StartupEvent start) {
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    key();
                  } catch (KubernetesClientException e) {
                    LOG.warnf("the operator's key could not be created yet: %s", e.getMessage());
                  }
                });
  }

  private synchronized Optional<byte[]> key() {
    if (key == null) {
      key = mounted().orElse(null);
    }
    if (key == null && Instant.now().isAfter(lastTry.plus(BETWEEN_TRIES))) {
      key = created().orElse(null);
      lastTry = Instant.now();
    }
    return Optional.ofNullable(key);
  }

  private Optional<byte[]> mounted() {
    Path file = settings.keyFile();
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length < BYTES) {
        LOG.errorf(
            "the key in %s has %d bytes instead of %d or more; delete the Secret %s/%s and restart the operator",
            file, bytes.length, BYTES, settings.namespace(), settings.keySecret());
        return Optional.empty();
      }
      return Optional.of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the operator's key %s".formatted(file), e);
    }
  }

  private Optional<byte[]> created() {
    byte[] fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(settings.keySecret())
            .withNamespace(settings.namespace())
            .withLabels(Map.of("app.kubernetes.io/name", "squall-operator"))
            .endMetadata()
            .withType("Opaque")
            .withImmutable(true)
            .withData(Map.of(ENTRY, Base64.getEncoder().encodeToString(fresh)))
            .build();
    try {
      client.resource(secret).create();
      return Optional.of(fresh);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      LOG.infof(
          "the Secret %s/%s exists; waiting for the kubelet to mount it at %s",
          settings.namespace(), settings.keySecret(), settings.keyFile());
      return Optional.empty();
    }
  }

  private static String hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
