/** Socket.IO packets to text and attachments, and back. Pure functions: no connection, no server, no thread. */
@NullMarked
package dev.socketio.protocol;

import org.jspecify.annotations.NullMarked;
