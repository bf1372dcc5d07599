/** Collects and merges snapshots, judges, serves summary, files, live page and metrics. */
@NullMarked
package dev.squall.runner.coordinator;

import org.jspecify.annotations.NullMarked;
