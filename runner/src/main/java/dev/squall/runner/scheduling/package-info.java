/** Which of the process's threads the kernel lets run first. */
@NullMarked
package dev.squall.runner.scheduling;

import org.jspecify.annotations.NullMarked;
