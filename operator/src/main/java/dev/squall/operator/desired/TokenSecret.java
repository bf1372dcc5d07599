package dev.squall.operator.desired;

import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;

/** The run's token, what its pods know each other by, as an immutable Secret. */
final class TokenSecret {
  private TokenSecret() {}

  static Secret of(RunIdentity run, String token) {
    return new SecretBuilder()
        .withMetadata(run.metadata(Names.token(run.run(), run.uid()), Labels.of(run)))
        .withType("Opaque")
        .withImmutable(true)
        .withStringData(Map.of(PodContract.TOKEN_KEY, token))
        .build();
  }
}
