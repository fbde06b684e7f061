/** Servers that tests from outside, and benchmarks, are run against; written on the public API alone. */
@NullMarked
package dev.socketio.apps;

import org.jspecify.annotations.NullMarked;
