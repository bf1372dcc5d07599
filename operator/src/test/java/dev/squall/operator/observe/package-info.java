@NullMarked
package dev.squall.operator.observe;

import org.jspecify.annotations.NullMarked;
