/** Checks that the documents tell the truth where a program can see it. */
@NullMarked
package dev.socketio.docs;

import org.jspecify.annotations.NullMarked;
