/** The API {@code squall.dev/v1alpha1} as records that name no Kubernetes model type. */
@NullMarked
package dev.squall.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
