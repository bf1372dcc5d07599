package dev.squall.operator.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.api.v1alpha1.Target;
import dev.squall.operator.Samples;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedTargetsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The LoadTest's own namespace needs no entry.
        "                          | {service: {name: a, port: 80}}                        | allowed",
        "                          | {service: {name: a, namespace: models, port: 80}}     | allowed",
        // Another one does.
        "                          | {service: {name: a, namespace: other, port: 80}}      | refused",
        "other/a                   | {service: {name: a, namespace: other, port: 80}}      | allowed",
        "other/b                   | {service: {name: a, namespace: other, port: 80}}      | refused",
        "other/*                   | {service: {name: a, namespace: other, port: 80}}      | allowed",
        // A star stands for Services, never for a part of a name or a namespace.
        "oth/*                     | {service: {name: a, namespace: other, port: 80}}      | refused",
        // A URL needs an entry, always.
        "                          | {url: 'https://m.example.com'}                        | refused",
        "https://m.example.com     | {url: 'https://m.example.com'}                        | allowed",
        "https://m.example.com     | {url: 'https://m.example.com/v1'}                     | allowed",
        "https://m.example.com/    | {url: 'https://M.example.com:443/v1'}                 | allowed",
        "HTTPS://M.example.com     | {url: 'https://m.example.com'}                        | allowed",
        // Scheme, host and port must all be the same.
        "https://m.example.com     | {url: 'http://m.example.com'}                         | refused",
        "https://m.example.com     | {url: 'https://m.example.com:8443'}                   | refused",
        "http://m.example.com      | {url: 'http://m.example.com:80'}                      | allowed",
        // No suffix, no user that looks like the host.
        "https://example.com       | {url: 'https://m.example.com'}                        | refused",
        "https://m.example.com     | {url: 'https://m.example.com.evil.example'}           | refused",
        "https://m.example.com     | {url: 'https://m.example.com@evil.example'}           | refused",
        // A path of the entry is a prefix by whole segments, dots resolved.
        "https://m.example.com/v1  | {url: 'https://m.example.com/v1/a'}                   | allowed",
        "https://m.example.com/v1  | {url: 'https://m.example.com/v10'}                    | refused",
        "https://m.example.com/v1  | {url: 'https://m.example.com/v1/../v2'}               | refused",
        // A URL that means a Service by its cluster address is a URL.
        "other/a                   | {url: 'http://a.other.svc.cluster.local:80'}          | refused",
      })
  void loadGoesOnlyWhereItMay(String entry, String target, String expected) {
    List<String> entries = entry == null ? List.of() : Arrays.asList(entry.split(","));

    boolean refused =
        new AllowedTargets(entries)
            .refuse("models", Samples.yaml(target, Target.class))
            .isPresent();

    assertThat(refused ? "refused" : "allowed").isEqualTo(expected);
  }

  @Test
  void theRefusalNamesTheEntryThatWouldAllowIt() {
    Target target = Samples.yaml("{service: {name: a, namespace: other, port: 80}}", Target.class);

    Refusal refusal = new AllowedTargets(List.of()).refuse("models", target).orElseThrow();

    assertThat(refusal.reason()).isEqualTo("TargetNotAllowed");
    assertThat(refusal.message()).contains("spec.target.service", "allowedTargets list 'other/a'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "*", "*/*", "ftp://a", "https://", "other/a*"})
  void anEntryOfNoKnownFormEndsTheStart(String entry) {
    assertThatThrownBy(() -> new AllowedTargets(List.of(entry)))
        .hasMessageContaining("allowedTargets: '" + entry + "'");
  }
}
