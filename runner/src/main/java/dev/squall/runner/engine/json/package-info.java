/**
 * Looks values up in JSON documents and judges them, without making objects of them: one pass over
 * the bytes for all of a request's paths.
 */
@NullMarked
package dev.squall.runner.engine.json;

import org.jspecify.annotations.NullMarked;
