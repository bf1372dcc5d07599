package dev.squall.runner.plan;

import dev.squall.api.v1alpha1.ClientCertificate;
import dev.squall.api.v1alpha1.TargetTls;
import dev.squall.api.v1alpha1.TrustedCertificates;
import dev.squall.runner.engine.tls.Pem;
import dev.squall.runner.engine.tls.TlsSettings;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a target's TLS needs: certificates and keys from Secrets. No message holds a key. */
final class Certificates {
  private static final String FIELD = "spec.target.tls";

  private final Secrets secrets;

  Certificates(Sources sources) {
    this.secrets = new Secrets(sources);
  }

  /**
   * What is asked of the target's TLS.
   *
   * @throws PlanException if a Secret's key cannot be read, or holds something else
   */
  TlsSettings settings(@Nullable TargetTls tls) {
    TlsSettings settings = TlsSettings.defaults();
    if (tls == null) {
      return settings;
    }
    if (tls.minVersion().equals("1.3")) {
      settings = settings.withMinVersion(TlsSettings.Version.TLS_1_3);
    }
    TrustedCertificates ca = tls.ca();
    if (ca != null) {
      settings =
          settings.withTrusted(read(FIELD + ".ca", ca.secretName(), ca.key(), Pem::certificates));
    }
    ClientCertificate own = tls.clientCertificate();
    if (own != null) {
      String field = FIELD + ".clientCertificate";
      settings =
          settings.withIdentity(
              new TlsSettings.Identity(
                  read(field, own.secretName(), own.privateKeyKey(), Pem::privateKey),
                  read(field, own.secretName(), own.certificateKey(), Pem::certificates)));
    }
    String serverName = tls.serverName();
    if (serverName != null) {
      settings = settings.withServerName(serverName);
    }
    if (tls.insecureSkipVerify()) {
      settings = settings.unverified();
    }
    return tls.sessionReuse() ? settings : settings.withoutResumption();
  }

  private <T> T read(String field, String secretName, String key, Function<String, T> reader) {
    String text = secrets.text(field, secretName, key);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new PlanException(
          field,
          "key '%s' of Secret '%s' cannot be used: %s".formatted(key, secretName, e.getMessage()));
    }
  }
}
