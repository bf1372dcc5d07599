/** Compiles a LoadTest into the engine's own types; every error names the field and the fix. */
@NullMarked
package dev.squall.runner.plan;

import org.jspecify.annotations.NullMarked;
