@NullMarked
package dev.squall.operator.accept;

import org.jspecify.annotations.NullMarked;
