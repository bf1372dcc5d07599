/** TLS of a target's connections: what is asked of it, and who does it. */
@NullMarked
package dev.squall.runner.engine.tls;

import org.jspecify.annotations.NullMarked;
