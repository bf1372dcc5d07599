/** When users and requests are due - pure functions of index and seed, no clock. */
@NullMarked
package dev.squall.runner.engine.arrival;

import org.jspecify.annotations.NullMarked;
