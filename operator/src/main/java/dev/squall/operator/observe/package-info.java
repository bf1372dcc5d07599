/** The only reader of the cluster - builds one Observation. */
@NullMarked
package dev.squall.operator.observe;

import org.jspecify.annotations.NullMarked;
