@NullMarked
package dev.squall.operator.status;

import org.jspecify.annotations.NullMarked;
