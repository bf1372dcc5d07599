package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The service under test: a Service, or a URL. */
@ValidationRule(
    value = "has(self.service) != has(self.url)",
    message = "set exactly one of service (a Kubernetes Service) and url (a base URL)")
@ValidationRule(
    value =
        "!has(self.tls) || (has(self.url) ? self.url.startsWith('https://') : has(self.service) && self.service.scheme == 'https')",
    message = "tls is for an https target: set service.scheme to https, or an https url")
@ValidationRule(
    value = "!(has(self.readiness) && has(self.tls) && has(self.tls.clientCertificate))",
    message =
        "readiness is asked without a client certificate: remove readiness, or tls.clientCertificate")
@ValidationRule(
    value =
        "!has(self.connections) || !has(self.connections.maxStreams) || self.protocol == 'HTTP2'",
    message = "only HTTP/2 has streams: set protocol to HTTP2, or remove connections.maxStreams",
    fieldPath = ".connections.maxStreams")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Target(
    @JsonPropertyDescription("A Kubernetes Service. Set this or url.")
        @Nullable ServiceTarget service,
    @JsonPropertyDescription(
            "A base URL, for example https://models.example.com/v1. Allowed only where the operator's allowedTargets lists it.")
        @Pattern(Patterns.URL) @Size(min = 1, max = 2048) @Nullable String url,
    @JsonPropertyDescription(
            "HTTP1, or HTTP2: by ALPN with an https target, by prior knowledge (h2c) with an http one. A target without HTTP/2 is a failure; nothing falls back.")
        @Default("HTTP1")
        Protocol protocol,
    @JsonPropertyDescription("TLS towards an https target.") @Nullable TargetTls tls,
    @JsonPropertyDescription("Connections: one for each user, or a pool that all share.")
        @Nullable Connections connections,
    @JsonPropertyDescription("A path that must answer before the load starts.")
        @Nullable Readiness readiness) {}
