/** What a runner measures of itself: whether what it says of its target can be believed. */
@NullMarked
package dev.squall.runner.vitals;

import org.jspecify.annotations.NullMarked;
