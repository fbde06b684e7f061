/** The API: a Socket.IO server, its namespaces, sockets and broadcasts. */
@NullMarked
package dev.socketio;

import org.jspecify.annotations.NullMarked;
