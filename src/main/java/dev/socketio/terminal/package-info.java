/** A client for terminals, shells and pipes, on the official Java client. It is a program of its own. */
@NullMarked
package dev.socketio.terminal;

import org.jspecify.annotations.NullMarked;
