package dev.socketio;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears of new sockets in a namespace, in the order in which they were added, those of its parent first. */
final class ConnectionListeners {

    private static final Logger log = LoggerFactory.getLogger(Namespace.class);

    private final @Nullable ConnectionListeners inherited;
    private final List<Namespace.ConnectionListener> own = new CopyOnWriteArrayList<>();

    ConnectionListeners(@Nullable ConnectionListeners inherited) {
        this.inherited = inherited;
    }

    Registration add(Namespace.ConnectionListener listener) {
        return Listeners.register(own, requireNonNull(listener, "listener"));
    }

    void tell(Socket socket) {
        if (inherited != null) {
            inherited.tell(socket);
        }
        for (Namespace.ConnectionListener listener : own) {
            try {
                listener.onConnection(socket);
            } catch (Throwable e) { // languages without checked exceptions throw those too
                log.error("a connection listener failed (socket {})", socket, e);
            }
        }
    }
}
