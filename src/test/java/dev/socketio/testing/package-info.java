/** Servlet containers inside the JVM of a test. */
@NullMarked
package dev.socketio.testing;

import org.jspecify.annotations.NullMarked;
