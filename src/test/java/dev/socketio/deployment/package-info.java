/** What stands in front of a container and around an application: proxies, TLS, HTTP/2, frameworks. */
@NullMarked
package dev.socketio.deployment;

import org.jspecify.annotations.NullMarked;
