@NullMarked
package dev.squall.operator.lifecycle;

import org.jspecify.annotations.NullMarked;
