package dev.squall.runner.engine;

import static dev.squall.runner.engine.TlsTargets.assertOnly;
import static dev.squall.runner.engine.TlsTargets.by;
import static dev.squall.runner.engine.TlsTargets.run;
import static dev.squall.runner.engine.TlsTargets.server;
import static dev.squall.runner.engine.TlsTargets.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.engine.tls.TlsSettings;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a target's TLS settings do, by either provider. */
@Timeout(180)
class TlsSettingsIT {
  private static final String[] TLS_1_2 = {"TLSv1.2"};

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void anyCertificateIsAcceptedWhereAsked(TlsProvider provider) throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x"))) {
      Merged merged =
          run("127.0.0.1", server.port(), TlsSettings.defaults().unverified(), by(provider));
      assertThat(merged.failures()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void anotherServerNameIsAskedForAndVerified(TlsProvider provider) throws Exception {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    SNIMatcher matcher =
        new SNIMatcher(StandardConstants.SNI_HOST_NAME) {
          @Override
          public boolean matches(SNIServerName name) {
            return asked.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
          }
        };
    try (ScriptedServer server =
        server(
            (request, c) -> c.ok("x"),
            s -> {
              SSLParameters parameters = s.getSSLParameters();
              parameters.setSNIMatchers(List.of(matcher));
              s.setSSLParameters(parameters);
            })) {
      Merged merged =
          run("127.0.0.1", server.port(), trusting().withServerName("localhost"), by(provider));
      assertThat(merged.failures()).isEmpty();
      assertThat(asked).hasSize(4).containsOnly("localhost");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void theNewestVersionIsSpokenAndAnOlderTargetIsRefused(TlsProvider provider) throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok(version(c)))) {
      Merged merged = run("localhost", server.port(), trusting(), by(provider));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.total("").contentBytes()).isEqualTo(40L * "TLSv1.3".length());
    }
    ScriptedServer.Script old = (request, c) -> c.ok(version(c));
    try (ScriptedServer server = server(old, s -> s.setEnabledProtocols(TLS_1_2))) {
      Merged merged = run("localhost", server.port(), trusting(), by(provider));
      assertThat(merged.failures()).isEmpty();
      TlsSettings newer = trusting().withMinVersion(TlsSettings.Version.TLS_1_3);
      assertOnly(run("localhost", server.port(), newer, by(provider)), "alert: protocol_version");
    }
  }

  private static String version(ScriptedServer.Connection c) {
    return ((SSLSocket) c.socket).getSession().getProtocol();
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void aTargetThatAsksForAClientCertificateGetsIt(TlsProvider provider) throws Exception {
    TlsSettings.Identity identity =
        new TlsSettings.Identity(TlsTargets.key(), List.of(TlsTargets.certificate()));
    for (String[] versions : new String[][] {{"TLSv1.3"}, TLS_1_2}) {
      try (ScriptedServer server =
          server(
              (request, c) ->
                  c.ok(((SSLSocket) c.socket).getSession().getPeerPrincipal().getName()),
              s -> {
                s.setNeedClientAuth(true);
                s.setEnabledProtocols(versions);
              })) {
        Merged merged =
            run("localhost", server.port(), trusting().withIdentity(identity), by(provider));
        assertThat(merged.failures()).isEmpty();
        assertThat(merged.total("").contentBytes()).isEqualTo(40L * "CN=localhost".length());

        Merged without = run("localhost", server.port(), trusting(), by(provider));
        assertThat(without.failures()).isNotEmpty();
        assertThat(without.failures())
            .allSatisfy(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.TLS));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void aFurtherConnectionResumesTheSessionUnlessToldNotTo(TlsProvider provider) throws Exception {
    for (String[] versions : new String[][] {{"TLSv1.3"}, TLS_1_2}) {
      Set<Long> handshakes = ConcurrentHashMap.newKeySet();
      try (ScriptedServer server =
          server(
              (request, c) -> {
                handshakes.add(((SSLSocket) c.socket).getSession().getCreationTime());
                c.okAndClose("x");
              },
              s -> s.setEnabledProtocols(versions))) {
        Merged merged =
            run("localhost", server.port(), trusting().withoutResumption(), by(provider));
        assertThat(merged.failures()).isEmpty();
        int whole = handshakes.size();
        handshakes.clear();
        merged = run("localhost", server.port(), trusting(), by(provider));
        assertThat(merged.failures()).isEmpty();
        // Each of the 4 users starts before the first session is there.
        assertThat(whole).as("handshakes without").isGreaterThan(30);
        assertThat(handshakes).as("handshakes with %s", versions[0]).hasSizeLessThan(20);
      }
    }
  }
}
