/**
 * Adapters that connect servers through Redis, in the wire formats of Node's, and the emitter for programs without
 * clients.
 */
@NullMarked
package dev.socketio.adapter.redis;

import org.jspecify.annotations.NullMarked;
