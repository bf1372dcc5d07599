package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.runner.engine.TlsTargets;
import dev.squall.runner.engine.tls.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target's TLS needs, from files as Secrets are mounted. */
class CertificatesIT {
  @TempDir Path folder;
  private Map<String, Path> secrets = Map.of();

  @BeforeEach
  void writeSecrets() throws GeneralSecurityException, IOException {
    String certificate = pem("CERTIFICATE", TlsTargets.certificate().getEncoded());
    secrets =
        Map.of(
            "own/ca.crt",
            file("ca.crt", certificate),
            "own/tls.crt",
            file("tls.crt", certificate),
            "own/tls.key",
            file("tls.key", pem("PRIVATE KEY", TlsTargets.key().getEncoded())),
            "own/token",
            file("token", "secret"));
  }

  private static String pem(String label, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private Path file(String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.US_ASCII));
  }

  private TlsSettings settings(String tls) {
    String yaml =
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: one}
        spec:
          target: {url: "https://models:8443"%s}
          loads: [{name: all, users: {count: 1}, requests: 1}]
          scenarios: [{name: one, tasks: [{name: only, request: {path: /}}]}]
        """
            .formatted(tls);
    return PlanCompiler.compile(Written.plan(yaml), new Sources.Named(secrets, Map.of()))
        .workload()
        .target()
        .tlsSettings();
  }

  @Test
  void withoutABlockTheUsualIsAsked() {
    assertThat(settings("")).isEqualTo(TlsSettings.defaults());
    assertThat(settings(", tls: {}")).isEqualTo(TlsSettings.defaults());
  }

  @Test
  void everyFieldIsHeeded() throws GeneralSecurityException {
    TlsSettings settings =
        settings(
            ", tls: {ca: {secretName: own}, clientCertificate: {secretName: own}, "
                + "serverName: models.test, minVersion: '1.3', sessionReuse: false}");
    assertThat(settings.trusted()).containsExactly(TlsTargets.certificate());
    assertThat(settings.identity())
        .isNotNull()
        .satisfies(
            identity -> {
              assertThat(identity.chain()).containsExactly(TlsTargets.certificate());
              assertThat(identity.key()).isEqualTo(TlsTargets.key());
            });
    assertThat(settings.serverName()).isEqualTo("models.test");
    assertThat(settings.minVersion()).isEqualTo(TlsSettings.Version.TLS_1_3);
    assertThat(settings.verified()).isTrue();
    assertThat(settings.resumed()).isFalse();
    assertThat(settings(", tls: {insecureSkipVerify: true}").verified()).isFalse();
  }

  @Test
  void whatCannotBeUsedIsNamedWithoutItsValue() {
    assertThatThrownBy(() -> settings(", tls: {ca: {secretName: other}}"))
        .hasMessageContaining("spec.target.tls.ca")
        .hasMessageContaining("--secret other/ca.crt=FILE");
    assertThatThrownBy(() -> settings(", tls: {ca: {secretName: own, key: token}}"))
        .hasMessageContaining(
            "key 'token' of Secret 'own' cannot be used: there is no certificate");
    assertThatThrownBy(
            () -> settings(", tls: {clientCertificate: {secretName: own, privateKeyKey: tls.crt}}"))
        .hasMessageContaining("spec.target.tls.clientCertificate")
        .hasMessageContaining("there is no private key in it");
  }
}
