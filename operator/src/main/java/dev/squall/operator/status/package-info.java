/** The only writer of status - conditions merged, one patch. */
@NullMarked
package dev.squall.operator.status;

import org.jspecify.annotations.NullMarked;
