/** Tests on a real Kubernetes with the real images: the target's own log is the truth. */
@NullMarked
package dev.squall.e2e;

import org.jspecify.annotations.NullMarked;
