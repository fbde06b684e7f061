/** The applications of the guide in {@code docs/guide/}, whose code is shown there as it stands here, and their tests. */
@NullMarked
package dev.socketio.examples;

import org.jspecify.annotations.NullMarked;
