/** The operator: two reconcilers, each of which observes, decides, applies and reports. */
@NullMarked
package dev.squall.operator;

import org.jspecify.annotations.NullMarked;
