/** Sends the load - users, connections, requests; knows no Kubernetes, no JSON mapper, no CRD. */
@NullMarked
package dev.squall.runner.engine;

import org.jspecify.annotations.NullMarked;
