/** Histograms and counters with one writer for each event loop, and the snapshots cut from them. */
@NullMarked
package dev.squall.runner.recording;

import org.jspecify.annotations.NullMarked;
