/** Result files and where they are stored. */
@NullMarked
package dev.squall.runner.results;

import org.jspecify.annotations.NullMarked;
