package dev.socketio;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears of new sockets in a namespace, in the order in which they were added, those of its parent first. */
final class ConnectionListeners {

    private static final Logger log = LoggerFactory.getLogger(Namespace.class);

    private final @Nullable ConnectionListeners inherited;
    private final ListenerList<Namespace.ConnectionListener> own = new ListenerList<>();

    ConnectionListeners(@Nullable ConnectionListeners inherited) {
        this.inherited = inherited;
    }

    Registration add(Namespace.ConnectionListener listener) {
        return own.add(listener);
    }

    void tell(Socket socket) {
        if (inherited != null) {
            inherited.tell(socket);
        }
        for (Namespace.ConnectionListener listener : own.all()) {
            try {
                listener.onConnection(socket);
            } catch (Throwable e) { // languages without checked exceptions throw those too
                log.error("a connection listener failed (socket {})", socket, e);
            }
        }
    }
}
