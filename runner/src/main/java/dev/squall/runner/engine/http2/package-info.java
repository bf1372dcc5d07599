/** HTTP/2 as bytes: what a client writes, and how what it reads is cut into frames. */
@NullMarked
package dev.squall.runner.engine.http2;

import org.jspecify.annotations.NullMarked;
