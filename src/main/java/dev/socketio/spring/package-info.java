/** Applications as beans of Spring Boot. Only Spring loads these classes, so nobody else needs it. */
@NullMarked
package dev.socketio.spring;

import org.jspecify.annotations.NullMarked;
