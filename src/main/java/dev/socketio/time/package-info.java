/** What the library needs from time: reading it, being called back after a while, and running one owner's tasks in order. */
@NullMarked
package dev.socketio.time;

import org.jspecify.annotations.NullMarked;
