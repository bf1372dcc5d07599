package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A string from a simple pattern. */
public record StringGenerator(
    @JsonPropertyDescription(
            "Literal characters, classes such as [a-z0-9], \\d, \\w, a dot, groups with |, and counts {n}, {n,m}, ?, + and * (at most 16).")
        String pattern) {}
