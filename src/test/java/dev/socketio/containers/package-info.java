/** The WAR in the distributions of servlet containers, as their makers ship them. */
@NullMarked
package dev.socketio.containers;

import org.jspecify.annotations.NullMarked;
