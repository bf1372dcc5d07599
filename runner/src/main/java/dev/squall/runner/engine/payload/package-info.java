/** Payload generators, pure functions of the draw's key. */
@NullMarked
package dev.squall.runner.engine.payload;

import org.jspecify.annotations.NullMarked;
