package dev.squall.api.check;

import dev.squall.api.v1alpha1.LoadTestSpec;
import java.util.Optional;

/**
 * A LoadTest read from a file, checked and with its defaults filled in.
 *
 * @param name its name
 * @param namespace its namespace, if the file names one
 * @param spec what it asks for
 */
public record LoadTestManifest(String name, Optional<String> namespace, LoadTestSpec spec) {}
