package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
public record S3Credentials(@JsonPropertyDescription("Name of the Secret.") String secretName) {}
