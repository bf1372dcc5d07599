package dev.squall.runner.results;

import com.github.davidmoten.aws.lw.client.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Where the credentials for a bucket come from: the environment (AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY and, for temporary ones, AWS_SESSION_TOKEN), or the pod's own identity (EKS
 * Pod Identity).
 */
final class S3Credentials {
  static final String KEY = "AWS_ACCESS_KEY_ID";
  static final String SECRET = "AWS_SECRET_ACCESS_KEY";
  private static final String IDENTITY = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

  private S3Credentials() {}

  /**
   * Those that an environment names; empty if it names none. Keys given by a Secret come before an
   * identity that the cluster lends the pod.
   *
   * @throws UncheckedIOException if the pod's identity gives none now; it may later
   */
  static Optional<Credentials> of(Map<String, String> environment) {
    String accessKey = environment.get(KEY);
    String secretKey = environment.get(SECRET);
    if (accessKey != null && secretKey != null) {
      String token = environment.get("AWS_SESSION_TOKEN");
      return Optional.of(
          token == null
              ? Credentials.of(accessKey, secretKey)
              : Credentials.of(accessKey, secretKey, token));
    }
    return environment.containsKey(IDENTITY) ? Optional.of(ofIdentity()) : Optional.empty();
  }

  private static Credentials ofIdentity() {
    try {
      return Credentials.fromEnvironment();
    } catch (RuntimeException e) {
      // What the client throws here depends on how the pod's agent fails; it may answer later.
      throw new UncheckedIOException(
          new IOException("the pod's identity gave no credentials (" + e.getMessage() + ")", e));
    }
  }
}
