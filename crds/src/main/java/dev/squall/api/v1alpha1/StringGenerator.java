package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A string from a simple pattern. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StringGenerator(
    @JsonPropertyDescription(
            "Literal characters, classes such as [a-z0-9], \\d, \\w, a dot, groups with |, and counts {n}, {n,m}, ?, + and * (the last two at most 16). Each character, alternative and count is equally likely.")
        @Required
        @Size(min = 1, max = 256) String pattern) {}
