/** The objects a run needs, as pure functions of the spec. */
@NullMarked
package dev.squall.operator.desired;

import org.jspecify.annotations.NullMarked;
