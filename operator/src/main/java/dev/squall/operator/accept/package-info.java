/** Whether a test may be run at all: pure checks of a spec against the operator's settings. */
@NullMarked
package dev.squall.operator.accept;

import org.jspecify.annotations.NullMarked;
