/** Servlet containers inside the JVM of a test, and programs beside it. */
@NullMarked
package dev.socketio.testing;

import org.jspecify.annotations.NullMarked;
