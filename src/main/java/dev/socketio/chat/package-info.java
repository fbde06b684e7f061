/** The chat application of the WAR: the tutorial's application on this server. */
@NullMarked
package dev.socketio.chat;

import org.jspecify.annotations.NullMarked;
