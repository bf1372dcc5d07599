/** Finds the addresses of the target's name, again and again, without blocking anybody. */
@NullMarked
package dev.squall.runner.engine.names;

import org.jspecify.annotations.NullMarked;
