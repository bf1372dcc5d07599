package dev.squall.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorKeyIT {
  @TempDir Path folder;

  @Test
  void aRunsTokenIsTheSameAfterARestartAndAnothersIsAnother() throws IOException {
    Files.write(folder.resolve("key"), new byte[32]);
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      String token = new OperatorKey(client, settings()).token("uid-1").orElseThrow();

      assertThat(token).matches("[A-Za-z0-9_-]{43}");
      assertThat(new OperatorKey(client, settings()).token("uid-1")).contains(token);
      assertThat(new OperatorKey(client, settings()).token("uid-2").orElseThrow())
          .isNotEqualTo(token);
    }
  }

  @Test
  void anotherKeyGivesAnotherToken() throws IOException {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      Files.write(folder.resolve("key"), new byte[32]);
      String one = new OperatorKey(client, settings()).token("uid").orElseThrow();
      Files.writeString(folder.resolve("key"), "another key of thirty-two letters");

      assertThat(new OperatorKey(client, settings()).token("uid").orElseThrow()).isNotEqualTo(one);
    }
  }

  private Settings settings() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(Settings.class)
        .withDefaultValue("squall.key-file", folder.resolve("key").toString())
        .build()
        .getConfigMapping(Settings.class);
  }
}
