/** Engine.IO: connections that survive a change of transport. Knows nothing of events, rooms or servlets. */
@NullMarked
package dev.socketio.engine;

import org.jspecify.annotations.NullMarked;
