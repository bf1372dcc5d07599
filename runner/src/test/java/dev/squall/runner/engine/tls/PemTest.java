package dev.squall.runner.engine.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keys and certificates that openssl has written, one key in each of its forms; nothing else uses
 * them.
 */
class PemTest {
  private static final String EC_SEC1 =
      """
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEIFv0NBNVPVF4LTK35YPAW5atKlK3w1LrBDyA3BVgyw6EoAoGCCqGSM49
      AwEHoUQDQgAEjMV31nHawadqOXQdGcAiisxicQGmkkvOIKdgPpZA349sAQKPWTWp
      Wg2iRqLRPJBx9ybRez0PszNkMUNw64eXiw==
      -----END EC PRIVATE KEY-----
      """;
  private static final String EC_PKCS8 =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgW/Q0E1U9UXgtMrfl
      g8Bblq0qUrfDUusEPIDcFWDLDoShRANCAASMxXfWcdrBp2o5dB0ZwCKKzGJxAaaS
      S84gp2A+lkDfj2wBAo9ZNalaDaJGotE8kHH3JtF7PQ+zM2QxQ3Drh5eL
      -----END PRIVATE KEY-----
      """;
  private static final String RSA_PKCS1 =
      """
      -----BEGIN RSA PRIVATE KEY-----
      MIICXgIBAAKBgQDhRQiro52A0Rd8qBFGoXST9qK31gkNasgd7C6d4UGlc6KyHA6b
      G2wMpFMEKVZzZA2YNlvBgzOSmgMUoJxfUON9yPrdLquaFZ7AjMZuBndI+HlyQNIx
      9TTMWprbnG8IGInQM5Amt/S1DGHB8kxjeZ67BfFHm7JlQlVomsZ0EYptxQIDAQAB
      AoGAOQjyfgqJ6UCHUs92uExOqNvMLQFq/1Om4TSYRO7wYQSbD79cz1atD7JXNnmE
      4uhVLNGuf5tJZnfKCeH0VYm0Xv3VJNPm0OH/BLJ0axtz1a26JPsagOM5gt8S8ere
      CQuHOfcX5BY0p9TxnKn6YcbFevCj6QNTeusr7FhdzMrOVKECQQD7fBD97/DHS3QS
      2PC+E/+nCj/vcmqy3XF5qcM5RTXdpSL1hN9GuuORuVqlbhc1HIAruyUgUXrYzJkD
      yfh6a075AkEA5VB41MVmXa2O8vXH9Quu34vSAuIpgpP8ftJBItgNmr6TsDcD5Wtn
      ZqvldoIiOTIlh11IB9BVlPOomSjONuDsLQJBAOFz00PkVGZGhZPT+tdc1Gdq7/B5
      EaCyl2VrxMHWAzlmLxYOfaBKMXPVyKbgMFwD5f/OcbUsdsZffZoA+gq9ovkCQQCM
      DRvfBzi/2fJGXOnktV/2U9TNwgcMIwnBAvSZLU8RxXc51j/g7DnYsP+R42S3ffMB
      u2z0qL68HBxKfmuDhNd5AkEAhJFcSUVxw1Fc9RfssNSpNHz9ig/Sej+rnbgrucDi
      Ha9Jvfg1ycQH42DM9wBX5Nhk4RsEknwLmu6KvWsbXV0NMA==
      -----END RSA PRIVATE KEY-----
      """;
  private static final String RSA_PKCS8 =
      """
      -----BEGIN PRIVATE KEY-----
      MIICeAIBADANBgkqhkiG9w0BAQEFAASCAmIwggJeAgEAAoGBAOFFCKujnYDRF3yo
      EUahdJP2orfWCQ1qyB3sLp3hQaVzorIcDpsbbAykUwQpVnNkDZg2W8GDM5KaAxSg
      nF9Q433I+t0uq5oVnsCMxm4Gd0j4eXJA0jH1NMxamtucbwgYidAzkCa39LUMYcHy
      TGN5nrsF8UebsmVCVWiaxnQRim3FAgMBAAECgYA5CPJ+ConpQIdSz3a4TE6o28wt
      AWr/U6bhNJhE7vBhBJsPv1zPVq0Pslc2eYTi6FUs0a5/m0lmd8oJ4fRVibRe/dUk
      0+bQ4f8EsnRrG3PVrbok+xqA4zmC3xLx6t4JC4c59xfkFjSn1PGcqfphxsV68KPp
      A1N66yvsWF3Mys5UoQJBAPt8EP3v8MdLdBLY8L4T/6cKP+9yarLdcXmpwzlFNd2l
      IvWE30a645G5WqVuFzUcgCu7JSBRetjMmQPJ+HprTvkCQQDlUHjUxWZdrY7y9cf1
      C67fi9IC4imCk/x+0kEi2A2avpOwNwPla2dmq+V2giI5MiWHXUgH0FWU86iZKM42
      4OwtAkEA4XPTQ+RUZkaFk9P611zUZ2rv8HkRoLKXZWvEwdYDOWYvFg59oEoxc9XI
      puAwXAPl/85xtSx2xl99mgD6Cr2i+QJBAIwNG98HOL/Z8kZc6eS1X/ZT1M3CBwwj
      CcEC9JktTxHFdznWP+DsOdiw/5HjZLd98wG7bPSovrwcHEp+a4OE13kCQQCEkVxJ
      RXHDUVz1F+yw1Kk0fP2KD9J6P6uduCu5wOIdr0m9+DXJxAfjYMz3AFfk2GThGwSS
      fAua7oq9axtdXQ0w
      -----END PRIVATE KEY-----
      """;
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBeDCCAR+gAwIBAgIUdTBKiLsdrrwq6sDyA1ImVH1lH8QwCgYIKoZIzj0EAwIw
      ETEPMA0GA1UEAwwGdGFyZ2V0MCAXDTI2MTEyNTAwMzA1MloYDzIxMjYxMTAxMDAz
      MDUyWjARMQ8wDQYDVQQDDAZ0YXJnZXQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
      AASMxXfWcdrBp2o5dB0ZwCKKzGJxAaaSS84gp2A+lkDfj2wBAo9ZNalaDaJGotE8
      kHH3JtF7PQ+zM2QxQ3Drh5eLo1MwUTAdBgNVHQ4EFgQUrC/D5je1DBBMcqlELsGB
      PL5YJNgwHwYDVR0jBBgwFoAUrC/D5je1DBBMcqlELsGBPL5YJNgwDwYDVR0TAQH/
      BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBUuoq4E61rwrAGu5FbJgbzAd0JXJ4s
      f+wMwwYlJQPjCQIgG/zVJ77p5rfXo/MEV5L71a/HsgRgoHWhQbz++e9nYsM=
      -----END CERTIFICATE-----
      """;

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of(EC_SEC1, EC_PKCS8, "EC"), Arguments.of(RSA_PKCS1, RSA_PKCS8, "RSA"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anOldFormIsTheSameKey(String old, String pkcs8, String algorithm) {
    PrivateKey key = Pem.privateKey(pkcs8);
    assertThat(key.getAlgorithm()).isEqualTo(algorithm);
    assertThat(Pem.privateKey("of the test's target\n" + old))
        .satisfies(one -> assertThat(secret(one)).isEqualTo(secret(key)));
  }

  private static BigInteger secret(PrivateKey key) {
    return key instanceof ECPrivateKey ec ? ec.getS() : ((RSAPrivateKey) key).getPrivateExponent();
  }

  @Test
  void allCertificatesAreReadInOrder() {
    assertThat(Pem.certificates(CERTIFICATE + "\n" + EC_PKCS8 + CERTIFICATE))
        .hasSize(2)
        .allSatisfy(
            one -> assertThat(one.getSubjectX500Principal().getName()).isEqualTo("CN=target"));
  }

  @Test
  void whatIsWrongIsSaidWithoutTheKey() {
    assertThatThrownBy(() -> Pem.certificates(EC_PKCS8))
        .hasMessageContaining("no certificate in it");
    assertThatThrownBy(() -> Pem.privateKey(CERTIFICATE))
        .hasMessageContaining("no private key in it");
    assertThatThrownBy(
            () -> Pem.privateKey(EC_PKCS8.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY")))
        .hasMessageContaining("encrypted; store it without a password");
    String cut = EC_SEC1.replaceFirst("\n[^\n]+\n[^\n]+\n-----END", "\n-----END");
    assertThatThrownBy(() -> Pem.privateKey(cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the private key");
    assertThatThrownBy(() -> Pem.certificates(CERTIFICATE.replaceFirst("MII", "AAA")))
        .hasMessageContaining("a certificate in it is broken");
  }
}
