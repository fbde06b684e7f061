/** Measures what connections take in a server's memory; run by {@code src/test/bin/memory}. */
@NullMarked
package dev.socketio.memory;

import org.jspecify.annotations.NullMarked;
