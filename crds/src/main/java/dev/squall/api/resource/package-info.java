/** The custom resource classes: the only ones that know Fabric8; the runner bans this package. */
@NullMarked
package dev.squall.api.resource;

import org.jspecify.annotations.NullMarked;
