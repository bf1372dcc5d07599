/** Commands of the one program. */
@NullMarked
package dev.squall.runner.cli;

import org.jspecify.annotations.NullMarked;
