package dev.socketio;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears of what goes wrong with events in a namespace, in the order in which they were added, its parent's first. */
final class ErrorListeners {

    private static final Logger log = LoggerFactory.getLogger(Namespace.class);

    private final @Nullable ErrorListeners inherited;
    private final ListenerList<ErrorListener.OfNamespace> own = new ListenerList<>();

    ErrorListeners(@Nullable ErrorListeners inherited) {
        this.inherited = inherited;
    }

    Registration add(ErrorListener.OfNamespace listener) {
        return own.add(listener);
    }

    /** Returns whether anybody listens. */
    boolean tell(Socket socket, String event, Throwable failure) {
        boolean told = inherited != null && inherited.tell(socket, event, failure);
        List<ErrorListener.OfNamespace> listeners = own.all();
        for (ErrorListener.OfNamespace listener : listeners) {
            try {
                listener.onError(socket, event, failure);
            } catch (Exception | Error e) {
                log.error("an error listener failed (socket {})", socket, e);
            }
        }
        return told || !listeners.isEmpty();
    }
}
