package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** TLS towards an https target. */
@ValidationRule(
    value = "!(has(self.ca) && self.insecureSkipVerify)",
    message =
        "ca is of no use where insecureSkipVerify accepts any certificate: remove one of them")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TargetTls(
    @JsonPropertyDescription(
            "Certificates to trust, from a Secret, instead of the public authorities.")
        @Nullable TrustedCertificates ca,
    @JsonPropertyDescription("The certificate that runners show to the target, from a Secret.")
        @Nullable ClientCertificate clientCertificate,
    @JsonPropertyDescription(
            "Name sent as SNI, which the target's certificate must be for; the target's host if absent.")
        @Pattern(Patterns.DNS_SUBDOMAIN) @Size(min = 1, max = 253) @Nullable String serverName,
    @JsonPropertyDescription("Oldest version of TLS accepted: 1.2 or 1.3.")
        @Default("1.2")
        @Pattern(Patterns.TLS_VERSION) @Size(min = 3, max = 3) String minVersion,
    @JsonPropertyDescription("Accept any certificate of the target.") @Default("false")
        boolean insecureSkipVerify,
    @JsonPropertyDescription(
            "Whether further connections resume an earlier one's session; false for a whole handshake each.")
        @Default("true")
        boolean sessionReuse) {}
