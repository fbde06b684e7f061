/** Where rooms live, and how a packet reaches everyone in them. */
@NullMarked
package dev.socketio.adapter;

import org.jspecify.annotations.NullMarked;
