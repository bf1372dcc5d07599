package dev.squall.runner.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.davidmoten.aws.lw.client.Credentials;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3CredentialsTest {
  @Test
  void keysOfASecretComeBeforeThePodsIdentity() {
    assertThat(
            S3Credentials.of(
                Map.of(
                    "AWS_ACCESS_KEY_ID", "mine",
                    "AWS_SECRET_ACCESS_KEY", "secret",
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/")))
        .map(Credentials::accessKey)
        .hasValue("mine");
    assertThat(S3Credentials.of(Map.of("AWS_ACCESS_KEY_ID", "alone"))).isEmpty();
  }

  @Test
  void aTemporaryKeysTokenGoesWithIt() {
    assertThat(
            S3Credentials.of(
                Map.of(
                    "AWS_ACCESS_KEY_ID", "mine",
                    "AWS_SECRET_ACCESS_KEY", "secret",
                    "AWS_SESSION_TOKEN", "until noon")))
        .flatMap(Credentials::sessionToken)
        .hasValue("until noon");
  }
}
