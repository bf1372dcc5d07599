/**
 * What is wrong with a LoadTest: the API server's own checks evaluated offline over the shipped CRD
 * ({@link dev.squall.api.check.Manifests}), and those that a schema cannot make ({@link
 * dev.squall.api.check.SpecCheck}), which operator and {@code squall validate} share.
 */
@NullMarked
package dev.squall.api.check;

import org.jspecify.annotations.NullMarked;
