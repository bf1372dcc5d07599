/** A runner's warm-up of itself: its own plan, against a target in its own process. */
@NullMarked
package dev.squall.runner.rehearsal;

import org.jspecify.annotations.NullMarked;
