/**
 * Finds levels of load - steady state, sweeps, capacity - as pure controllers: a measured window
 * in, the next level out; no clock, no I/O.
 */
@NullMarked
package dev.squall.runner.search;

import org.jspecify.annotations.NullMarked;
