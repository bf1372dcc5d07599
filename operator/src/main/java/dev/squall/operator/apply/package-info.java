/** The only writer of objects: creates a run's objects once, ends them, freezes a run's test. */
@NullMarked
package dev.squall.operator.apply;

import org.jspecify.annotations.NullMarked;
