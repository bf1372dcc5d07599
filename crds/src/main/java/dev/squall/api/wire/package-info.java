/** What operator and run exchange: the plan, the summary, and the pods' contract. */
@NullMarked
package dev.squall.api.wire;

import org.jspecify.annotations.NullMarked;
