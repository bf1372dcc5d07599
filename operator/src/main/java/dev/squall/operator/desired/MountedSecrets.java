package dev.squall.operator.desired;

import dev.squall.api.v1alpha1.BasicCredentials;
import dev.squall.api.v1alpha1.BearerCredentials;
import dev.squall.api.v1alpha1.ClientCertificate;
import dev.squall.api.v1alpha1.Credentials;
import dev.squall.api.v1alpha1.HeaderCredentials;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Request;
import dev.squall.api.v1alpha1.Scenario;
import dev.squall.api.v1alpha1.Step;
import dev.squall.api.v1alpha1.TargetTls;
import dev.squall.api.v1alpha1.Task;
import dev.squall.api.v1alpha1.TrustedCertificates;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The Secrets that a test's requests take credentials from and its TLS takes certificates from, and
 * the keys needed of each.
 */
final class MountedSecrets {
  private MountedSecrets() {}

  /** Keys by name of the Secret, both in order of name. */
  static SortedMap<String, SortedSet<String>> of(LoadTestSpec test) {
    SortedMap<String, SortedSet<String>> secrets = new TreeMap<>();
    test.scenarios().stream()
        .flatMap(MountedSecrets::requests)
        .map(Request::credentials)
        .filter(Objects::nonNull)
        .forEach(credentials -> add(secrets, credentials));
    TargetTls tls = test.target().tls();
    if (tls != null) {
      add(secrets, tls);
    }
    return secrets;
  }

  private static Stream<Request> requests(Scenario scenario) {
    Stream<Step> steps =
        Stream.concat(
            Stream.concat(scenario.onStart().stream(), scenario.onStop().stream()),
            scenario.tasks().stream().flatMap(task -> task.steps().stream()));
    return Stream.concat(
        scenario.tasks().stream().map(Task::request).filter(Objects::nonNull),
        steps.map(Step::request));
  }

  private static void add(SortedMap<String, SortedSet<String>> secrets, Credentials credentials) {
    BearerCredentials bearer = credentials.bearer();
    BasicCredentials basic = credentials.basic();
    HeaderCredentials header = credentials.header();
    if (bearer != null) {
      keys(secrets, bearer.secretName()).add(bearer.key());
    }
    if (basic != null) {
      keys(secrets, basic.secretName()).add(basic.usernameKey());
      keys(secrets, basic.secretName()).add(basic.passwordKey());
    }
    if (header != null) {
      keys(secrets, header.secretName()).add(header.key());
    }
  }

  private static void add(SortedMap<String, SortedSet<String>> secrets, TargetTls tls) {
    TrustedCertificates ca = tls.ca();
    ClientCertificate own = tls.clientCertificate();
    if (ca != null) {
      keys(secrets, ca.secretName()).add(ca.key());
    }
    if (own != null) {
      keys(secrets, own.secretName()).add(own.certificateKey());
      keys(secrets, own.secretName()).add(own.privateKeyKey());
    }
  }

  private static SortedSet<String> keys(
      SortedMap<String, SortedSet<String>> secrets, String secret) {
    return secrets.computeIfAbsent(secret, name -> new TreeSet<>());
  }
}
