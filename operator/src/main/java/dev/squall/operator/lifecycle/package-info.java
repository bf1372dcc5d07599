/** Decides, purely - (spec, status, observation) to a sealed Decision. */
@NullMarked
package dev.squall.operator.lifecycle;

import org.jspecify.annotations.NullMarked;
