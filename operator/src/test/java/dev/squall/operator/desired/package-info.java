@NullMarked
package dev.squall.operator.desired;

import org.jspecify.annotations.NullMarked;
