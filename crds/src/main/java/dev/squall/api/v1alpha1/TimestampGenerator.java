package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** The current time. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimestampGenerator(
    @JsonPropertyDescription("How it is written.") @Default("Rfc3339") TimestampFormat format) {}
