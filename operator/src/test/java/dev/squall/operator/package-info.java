@NullMarked
package dev.squall.operator;

import org.jspecify.annotations.NullMarked;
