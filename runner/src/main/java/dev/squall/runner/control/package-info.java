/** What a runner answers to its coordinator, and the calls the coordinator makes. */
@NullMarked
package dev.squall.runner.control;

import org.jspecify.annotations.NullMarked;
