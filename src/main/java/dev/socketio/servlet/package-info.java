/** Engine.IO and Socket.IO inside a servlet container: the only package that knows jakarta.* and the containers. */
@NullMarked
package dev.socketio.servlet;

import org.jspecify.annotations.NullMarked;
